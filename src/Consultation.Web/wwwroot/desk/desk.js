// Small comforts of the desk. Every page works without this file.
(() => {
  "use strict";

  // The first error gets the focus after a refused post.
  document.querySelector("[data-focus]")?.focus();

  // A filter's select sends its form at once.
  for (const select of document.querySelectorAll("select[data-submit]")) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }

  // A second press of a button does not post twice.
  for (const form of document.querySelectorAll("form[data-guard]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      if (event.submitter?.name === "_addrow") return;
      form.dataset.sent = "1";
      setTimeout(() => { delete form.dataset.sent; }, 8000);
    });
  }

  // A page that answers a refused post cannot be fetched again: whoever leaves it, to send the form once more or by a
  // link, leaves its address behind instead, so that Back shows the page as it then is and not the browser's error.
  if ("posted" in document.documentElement.dataset) {
    const forget = () => history.replaceState(history.state, "", location.href);
    document.addEventListener("submit", forget);
    document.addEventListener("click", (event) => { if (event.target.closest("a[href]:not([href^='#'])")) forget(); });
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  }

  // What somebody had posted when the session was over goes out after signing in.
  document.querySelector("form[data-send]")?.requestSubmit();

  // A field that is asked under a condition shows while the condition holds: any of its terms, or none when it is negated.
  for (const form of document.querySelectorAll("form:has([data-asked-when])")) {
    const boxes = [...form.querySelectorAll("[data-asked-when]")];
    const entries = (name) => [...form.elements].filter((control) => control.name === "f." + name
      && !control.closest("[data-asked-when][hidden]") && (!/radio|checkbox/.test(control.type) || control.checked)).map((control) => control.value.trim());
    const holds = (condition) => condition.terms.some(({ field, value }) => {
      const given = entries(field).filter((entry) => entry);
      return value ? given.includes(value) : given.length === 0;
    }) !== condition.negated;
    const show = () => { for (const box of boxes) box.hidden = !holds(JSON.parse(box.dataset.askedWhen)); };
    for (const said of form.querySelectorAll("[data-asked-said]")) said.hidden = true;
    form.addEventListener("change", show);
    show();
  }

  // Long lists get a search box.
  const searchBox = (before, hint) => {
    const box = document.createElement("input");
    box.type = "search"; box.className = "form-control list-search"; box.placeholder = hint; box.setAttribute("aria-label", hint);
    before.before(box);
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    return box;
  };
  const wordsOf = (entry, text) => `${text} ${entry.dataset.words ?? ""}`.toLowerCase();
  const searchable = (select) => {
    const all = [...select.options].map((option) => ({ option, parent: option.parentNode }));
    const box = searchBox(select, select.dataset.search);
    box.addEventListener("input", () => {
      const words = box.value.trim().toLowerCase();
      for (const { option, parent } of all) {
        const fits = !words || option.selected || option.value === "" || wordsOf(option, option.text).includes(words);
        if (fits) parent.appendChild(option); else option.remove();
      }
      const first = [...select.options].find((option) => option.value !== "" && wordsOf(option, option.text).includes(words));
      if (words && first) first.selected = true;
    });
  };
  for (const select of document.querySelectorAll("select[data-search]")) searchable(select);
  for (const list of document.querySelectorAll(".choices[data-search]")) {
    const box = searchBox(list, list.dataset.search);
    box.addEventListener("input", () => {
      const words = box.value.trim().toLowerCase();
      for (const label of list.querySelectorAll("label")) {
        label.hidden = words !== "" && !label.querySelector("input").checked && !wordsOf(label, label.textContent).includes(words);
      }
    });
  }

  // A person who belongs to the unit chosen in the same row is pointed out.
  const pointOut = (list) => {
    for (const box of list.querySelectorAll("[data-other-than]")) {
      const person = box.parentNode.querySelector("select").selectedOptions[0];
      const unit = box.closest("li").querySelector(`select[name$=".${box.dataset.otherThan}"]`).selectedOptions[0];
      box.hidden = !person?.dataset.unit || !unit?.value || person.dataset.unit !== unit.text;
    }
  };
  for (const list of document.querySelectorAll("[data-rows]")) list.addEventListener("change", () => pointOut(list));

  // One more row without a round trip: copies the last one, emptied.
  for (const button of document.querySelectorAll("button[data-add-row]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const name = button.dataset.addRow;
      const list = document.querySelector(`[data-rows="${CSS.escape(name)}"]`);
      const next = list.children.length;
      const row = list.lastElementChild.cloneNode(true);
      // What was wrong with the row before is not wrong with the new one.
      for (const error of row.querySelectorAll(".invalid-feedback, .list-search")) error.remove();
      for (const field of row.querySelectorAll("[id^=field-]")) field.id = field.id.replace(/\[\d+\]/, `[${next}]`);
      for (const cell of row.querySelectorAll("[name]")) {
        cell.classList.remove("is-invalid");
        cell.name = cell.name.replace(/\[\d+\]/, `[${next}]`);
        cell.id = "in-" + cell.name;
        cell.value = "";
        const label = cell.parentNode.querySelector("label");
        if (label) label.htmlFor = cell.id;
      }
      list.appendChild(row);
      for (const select of row.querySelectorAll("select[data-search]")) searchable(select);
      pointOut(list);
      list.parentNode.querySelector("[data-rows-count]").value = String(next + 1);
      row.querySelector("[name]")?.focus();
    });
  }

  // How much of a text is missing, and what contradicts itself, shows while it is typed; the server says the same.
  for (const field of document.querySelectorAll("[data-least]")) {
    const said = document.createElement("div");
    said.className = "form-hint hint-wrong"; said.setAttribute("aria-live", "polite");
    field.after(said);
    field.addEventListener("input", () => {
      const typed = field.value.trim().length;
      said.textContent = typed && typed < field.dataset.least
        ? field.dataset.leastSaid.replace("{least}", field.dataset.least)
          .replace("{more}", field.dataset.least - typed)
        : "";
    });
  }
  for (const said of document.querySelectorAll("[data-said]")) {
    const entry = (key) => said.closest("form").elements["f." + key]?.value.trim() ?? "";
    const isWrong = () => {
      const { earlier, later } = said.dataset;
      if (earlier) return entry(earlier) && entry(later) && entry(earlier) > entry(later);
      const parts = said.dataset.sum.split(" ").map((key) => Number(entry(key)) || 0);
      const sum = parts.reduce((one, other) => one + other, 0);
      said.textContent = said.dataset.said.replace("{sum}", sum);
      if (said.dataset.exactly) return sum !== Number(said.dataset.exactly);
      return entry(said.dataset.most) !== "" && sum > Number(entry(said.dataset.most));
    };
    said.closest("form").addEventListener("input", () => {
      said.textContent = said.dataset.said;
      said.hidden = !isWrong();
    });
  }

  // What was typed and not sent stands there again when the page is opened anew on this device. Signing out forgets it.
  const prefix = "draft:", week = 7 * 24 * 3600 * 1000;
  const draftKeys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  try {
    for (const key of draftKeys()) {
      if (!(JSON.parse(localStorage[key]).at > Date.now() - week)) localStorage.removeItem(key);
    }
    for (const out of document.querySelectorAll("form[action$='/sign-out']")) {
      out.addEventListener("submit", () => { for (const key of draftKeys()) localStorage.removeItem(key); });
    }
    for (const form of document.querySelectorAll("form[data-draft]")) keepDraft(form);
  } catch { /* A browser that keeps nothing has no drafts. */ }
  function keepDraft(form) {
    const key = prefix + form.dataset.draft;
    const fields = () => [...form.elements].filter((field) => field.name
      && !/hidden|submit|button|password|file/.test(field.type));
    const read = () => fields().map((field) => [field.name, field.value,
      /radio|checkbox/.test(field.type) ? field.checked : null]);
    const kept = JSON.parse(localStorage[key] ?? "null");
    if (kept?.sent) localStorage.removeItem(key);
    else if (kept && !form.dataset.draftTyped) {
      for (const [list, rows] of Object.entries(kept.rows)) {
        const there = form.querySelector(`[data-rows="${CSS.escape(list)}"]`);
        const more = form.querySelector(`[data-add-row="${CSS.escape(list)}"]`);
        while (there && more && there.children.length < rows) more.click();
      }
      for (const [name, value, checked] of kept.values) {
        for (const field of fields().filter((one) => one.name === name && (checked === null || one.value === value))) {
          if (checked === null) field.value = value; else field.checked = checked;
        }
      }
      const said = document.createElement("p");
      said.className = "form-hint draft-said"; said.setAttribute("role", "status");
      said.textContent = form.dataset.draftSaid;
      form.prepend(said);
      form.dispatchEvent(new Event("change"));
    }
    const keep = (more) => {
      const rows = Object.fromEntries([...form.querySelectorAll("[data-rows]")]
        .map((list) => [list.dataset.rows, list.children.length]));
      localStorage[key] = JSON.stringify({ at: Date.now(), values: read(), rows, ...more });
    };
    form.addEventListener("input", () => keep({}));
    form.addEventListener("submit", (event) => {
      if (event.submitter?.name !== "_addrow" && localStorage[key]) keep({ sent: true });
    });
  }

  // A wide picture opens at the present place.
  for (const picture of document.querySelectorAll("[data-present]")) {
    const place = document.getElementById(picture.dataset.present)?.getBoundingClientRect();
    const frame = picture.getBoundingClientRect();
    if (place) picture.scrollLeft = Math.max(0, place.left - frame.left - (frame.width - place.width) / 2);
  }

  // Buttons that print.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // Buttons that copy what stands in a field.
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      navigator.clipboard.writeText(field.value);
    });
  }

  // A menu closes when the eye goes elsewhere.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.head-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
})();
