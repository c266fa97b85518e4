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
      box.querySelector("input").value = box.hidden ? "" : `${person.value} ${unit.value}`;
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

  // A menu closes when the eye goes elsewhere.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.head-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
})();
