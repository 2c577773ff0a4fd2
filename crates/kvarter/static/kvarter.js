// Makes pages pleasanter, never possible: every act below has a plain form or link that does the same.
"use strict";

// A running job: fetch the page again and take over the part with the same id, until it no longer asks for it.
function refresh(part) {
  const wait = Number(part.dataset.refresh) || 1000;
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (!next) return location.reload();
      part.replaceWith(next);
      if (next.dataset.refresh) refresh(next);
    } catch {
      refresh(part);
    }
  }, wait);
}
document.querySelectorAll("[data-refresh][id]").forEach(refresh);

// Initials by one key. Listens only while the focus is inside the part, so it never takes a key from anyone else.
document.querySelectorAll("[data-initials]").forEach((part) => {
  const boxes = () => [...part.querySelectorAll("input[type=checkbox]:not(:disabled)")];
  const count = part.querySelector("[data-initials-count]");
  const show = (box) => {
    const left = boxes().filter((b) => !b.checked).length;
    if (count) count.textContent = (count.dataset.words || "{n}").replace("{n}", left);
    part.querySelectorAll("tr[aria-current]").forEach((row) => row.removeAttribute("aria-current"));
    const row = box && box.closest("tr");
    if (!row) return;
    row.setAttribute("aria-current", "true");
    const page = document.getElementById(row.dataset.page);
    if (page) page.scrollIntoView({ block: "start" });
  };
  part.addEventListener("change", (event) => show(event.target));
  part.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== part.dataset.initials || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    const next = boxes().find((b) => !b.checked);
    if (!next) return;
    event.preventDefault();
    next.checked = true;
    next.focus({ preventScroll: true });
    show(next);
  });
});

// One key sends a form, wherever the focus is but in a field.
document.querySelectorAll("form[data-key]").forEach((form) => {
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== form.dataset.key || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    form.requestSubmit();
  });
});

// Drop a file on its field.
document.querySelectorAll(".file").forEach((part) => {
  const input = part.querySelector("input[type=file]");
  if (!input) return;
  const over = (on) => (event) => {
    event.preventDefault();
    part.classList.toggle("file-over", on);
  };
  part.addEventListener("dragover", over(true));
  part.addEventListener("dragleave", over(false));
  part.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    if (part.dataset.submit !== undefined && part.closest("form")) part.closest("form").requestSubmit();
  });
});

// Mark the clause being read in the contents.
const contents = document.querySelector(".contents");
if (contents && "IntersectionObserver" in window) {
  const links = new Map([...contents.querySelectorAll("a[href^='#']")].map((a) => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      links.forEach((a) => a.removeAttribute("aria-current"));
      links.get(entry.target.id).setAttribute("aria-current", "location");
    }
  }, { rootMargin: "-15% 0px -75% 0px" });
  links.forEach((_, id) => document.getElementById(id) && seen.observe(document.getElementById(id)));
}

// What is wrong is read first; what is folded is printed; a form is sent once.
document.querySelector(".message-error[tabindex]")?.focus();
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
document.querySelectorAll("form[method=post]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 5000);
  });
});

// A part of a plan saves itself while it is written. What the server says becomes of it is shown; where somebody
// else has written too, the fields take over what was put together, but never a field that is being written in.
document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const status = document.querySelector("[data-status]");
  const judgement = document.querySelector("[data-judgement]");
  const people = document.querySelector("[data-present]");
  const seen = form.querySelector("input[name=sett]");
  let timer, running = false, again = false, changed = false;
  const text = (name) => [...new FormData(form).getAll(name)].join(",");
  async function save() {
    if (running) return void (again = true);
    running = true;
    changed = false;
    const body = new FormData(form);
    body.delete("hamta");
    const before = Object.fromEntries([...body.keys()].map((name) => [name, text(name)]));
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", headers: { Accept: "application/json" }, body });
      const told = await answer.json();
      if (answer.status === 422) {
        if (status) status.textContent = told.problems.join(" ");
        return;
      }
      if (!answer.ok) throw new Error(answer.statusText);
      if (told.contested) {
        changed = false;
        location.reload();
        return;
      }
      // Only a form whose fields still say what was sent can be said to rest on what was saved.
      const same = (name) => text(name) === before[name];
      const settled = Object.keys(told.values).every((name) => same(name) || told.values[name] === before[name]);
      if (settled) {
        for (const [name, value] of Object.entries(told.values)) {
          const field = form.elements[name];
          if (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text")) {
            if (same(name) && field.value !== value && told.merged) field.value = value;
          }
        }
        seen.value = told.serial;
      }
      if (status) status.textContent = told.words;
      if (judgement) judgement.innerHTML = told.judgement;
    } catch {
      changed = true;
      clearTimeout(timer);
      timer = setTimeout(save, 5000);
    } finally {
      running = false;
      if (again) {
        again = false;
        save();
      }
    }
  }
  const soon = () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, 900);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => { clearTimeout(timer); changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  async function here() {
    const body = new URLSearchParams({ csrf: form.elements.csrf.value });
    try {
      const answer = await fetch(form.dataset.here, { method: "POST", body });
      if (answer.ok && people) people.textContent = (await answer.json()).words;
    } catch { /* Who else is here is told the next time. */ }
  }
  here();
  setInterval(here, 20000);
});
