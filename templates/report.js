// Filter and search over the table of data items. Without scripts the whole table stands there.
(() => {
  const tools = document.getElementById("tools");
  if (!tools) return;
  const search = document.getElementById("search");
  const only = document.getElementById("only");
  const count = document.getElementById("count");
  const rows = [...document.querySelectorAll("#items tr[data-row]")];
  const bodies = [...document.querySelectorAll("#items tbody")];

  function show() {
    const words = search.value.trim().toLowerCase();
    const fits = (row) =>
      row.textContent.toLowerCase().includes(words) && (!only.value || row.dataset.row.split(" ").includes(only.value));
    for (const row of rows) row.hidden = !fits(row);
    for (const body of bodies) body.hidden = !body.querySelector("tr[data-row]:not([hidden])");
    count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} items shown`;
  }

  search.addEventListener("input", show);
  only.addEventListener("change", show);
  document.getElementById("reset").addEventListener("click", () => {
    search.value = only.value = "";
    show();
    search.focus();
  });
  tools.hidden = false;
  show();
})();
