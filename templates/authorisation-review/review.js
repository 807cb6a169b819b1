// The form of the review: it says what is still open, and gives the answers back as a file. Nothing is sent anywhere.
(() => {
  const save = document.getElementById("save");
  if (!save) return;
  const told = document.getElementById("told");
  const count = document.getElementById("count");
  const rows = [...document.querySelectorAll("[data-item]")];
  const fields = [...document.querySelectorAll('main input[type="text"]')];
  const needed = ["school_name", "role", "date"].map((name) => document.getElementById(name)).filter(Boolean);

  const answer = (name) => document.querySelector(`input[name="${name}"]:checked`)?.value ?? "";
  const label = (field) => document.querySelector(`label[for="${field.id}"]`).textContent;

  function open() {
    const items = answer("decision") === "items" ? rows.filter((row) => !answer(row.dataset.item)) : [];
    return [
      ...(answer("decision") ? [] : ["What do you decide?"]),
      ...items.map((row) => document.getElementById(row.dataset.item).textContent),
      ...needed.filter((field) => !field.value.trim()).map(label),
    ];
  }

  function show() {
    count.textContent = `${rows.filter((row) => answer(row.dataset.item)).length} of ${rows.length} items answered`;
  }

  function answers() {
    const written = fields.filter((field) => field.name !== "name").map((field) => [field.name, field.value]);
    const chosen = ["decision", ...rows.map((row) => row.dataset.item)].map((name) => [name, answer(name)]);
    return Object.fromEntries([...written, ...chosen]);
  }

  save.addEventListener("click", () => {
    const missing = open();
    if (missing.length) {
      told.textContent = `Not saved. Still open: ${missing.join("; ")}`;
      return;
    }
    const text = JSON.stringify({ kind: "data-authorisation-review", answers: answers() }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "application/json" }));
    link.download = "data-authorisation.json";
    link.click();
    URL.revokeObjectURL(link.href);
    told.textContent = "Saved as data-authorisation.json. Send that file back.";
  });
  document.getElementById("fill-required").addEventListener("click", () => {
    for (const row of rows) {
      if (row.dataset.required === "yes") document.getElementById(`${row.dataset.item}-yes`).checked = true;
    }
    show();
  });
  document.getElementById("fill-none").addEventListener("click", () => {
    for (const button of document.querySelectorAll("[data-item] input")) button.checked = false;
    show();
  });
  document.addEventListener("change", show);
  document.getElementById("tools").hidden = false;
  save.disabled = false;
  told.textContent = "";
  show();
})();
