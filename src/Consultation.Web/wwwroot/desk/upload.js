// Files are sent as soon as they are chosen, in pieces, and go on after a lost connection. Without this file they go with
// the form.
(() => {
  "use strict";
  // Every choice of files brings this script; it runs once.
  if (document.documentElement.dataset.uploads) return;
  document.documentElement.dataset.uploads = "1";
  const piece = 1024 * 1024, mostTries = 8;
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const size = (bytes) => bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  // Where a file of this name, size and time was left, even if the page was closed in between.
  const keyOf = (file) => `upload ${file.name} ${file.size} ${file.lastModified}`;
  const ask = async (method, address, body) => {
    const answer = await fetch(address, { method, body, credentials: "same-origin", headers: { Accept: "application/json" } });
    if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    const said = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
    return { ok: answer.ok, ...said };
  };
  const begin = (field, file) => {
    const form = new FormData();
    form.append("_token", field.closest("form").elements._token?.value ?? "");
    form.append("name", file.name);
    form.append("length", file.size);
    form.append("task", field.dataset.task ?? "");
    return ask("POST", field.dataset.upload, new URLSearchParams(form));
  };
  const send = async (field, file, show) => {
    let at = sessionStorage.getItem(keyOf(file)), standing = null;
    for (let tries = 0; tries < mostTries;) {
      try {
        if (!standing) {
          standing = at ? await ask("GET", at) : await begin(field, file);
          if (at && !standing.ok) { at = null; standing = null; sessionStorage.removeItem(keyOf(file)); continue; }
        }
        if (!standing.ok || standing.complete) break;
        at = standing.at;
        sessionStorage.setItem(keyOf(file), at);
        show(standing.received, file.size, "");
        standing = await ask("PUT", `${at}?at=${standing.received}`, file.slice(standing.received, standing.received + piece));
        tries = 0;
      } catch {
        // The connection is lost: what came stays there, and it goes on from where it is.
        standing = null;
        show(null, file.size, field.dataset.saidLost);
        await pause(Math.min(30000, 1000 * 2 ** tries++));
      }
    }
    if (standing?.complete || (standing && !standing.ok)) sessionStorage.removeItem(keyOf(file));
    return standing;
  };
  for (const field of document.querySelectorAll(".files-field")) {
    const input = field.querySelector("input[type=file]"), list = field.querySelector("[data-picked]"), form = field.closest("form");
    let running = 0;
    const hold = (change) => {
      running += change;
      for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = running > 0;
    };
    const one = async (file) => {
      const line = document.createElement("li"), words = document.createElement("span"), bar = document.createElement("progress");
      words.textContent = `${file.name} ${size(file.size)} `;
      bar.max = file.size || 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      const note = document.createElement("span");
      line.append(words, bar, " ", note);
      list.append(line);
      const count = list.querySelectorAll("input[type=checkbox]:checked").length + running;
      const fail = (text) => { bar.remove(); line.classList.add("field-wrong"); note.className = "invalid-feedback d-block"; note.textContent = text; };
      if (count >= Number(field.dataset.most)) return fail(field.dataset.saidMost);
      if (file.size > Number(field.dataset.bytes)) return fail(field.dataset.saidSize);
      hold(1);
      const standing = await send(field, file, (received, all, said) => {
        if (received !== null) bar.value = received;
        note.textContent = said || `${Math.floor((bar.value / (all || 1)) * 100)}%`;
      });
      hold(-1);
      if (!standing?.complete) return fail(standing?.why ?? field.dataset.saidAgain);
      const label = document.createElement("label"), box = document.createElement("input");
      label.className = "form-check";
      Object.assign(box, { type: "checkbox", checked: true, name: `${field.dataset.name}.ticket`, value: standing.ticket, className: "form-check-input" });
      words.textContent = `${standing.name} ${size(file.size)}`;
      words.className = "form-check-label";
      label.append(box, words);
      line.replaceChildren(label);
    };
    input.addEventListener("change", async () => {
      const files = [...input.files];
      input.value = "";
      for (const file of files) await one(file);
    });
  }
})();
