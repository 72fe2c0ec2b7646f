// A long list: filters above, a hundred rows at a time below. Text becomes a page only as text.

const data = JSON.parse(document.getElementById("data").textContent);
const PAGE = 100;
const whole = new Intl.NumberFormat("en-US");

const fill = (template, values) => template.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
const plain = (text) => text.normalize("NFKC").toLowerCase();
const named = (list, at) => list.name[at] || list.id[at];

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.append(text);
  return made;
}

function isolated(...texts) {
  return texts.filter(Boolean).map((text, at) => {
    const part = element("bdi", text);
    return at ? [" (", part, ")"] : [part];
  }).flat();
}

function button(text, action) {
  const made = element("button", undefined, "plain");
  made.type = "button";
  made.append(element("bdi", text));
  made.addEventListener("click", action);
  return made;
}

// A row's cells: the first is its heading; numbers stand to the right.
function row(cells) {
  const made = element("tr");
  cells.forEach((cell, at) => {
    const place = element(at ? "td" : "th");
    if (!at) place.scope = "row";
    if (typeof cell === "number") {
      place.className = "number";
      place.append(whole.format(cell));
    } else if (cell instanceof Node && cell.className === "share") {
      place.className = "number";
      place.append(cell);
    } else if (Array.isArray(cell)) place.append(...cell);
    else if (cell instanceof Node) place.append(cell);
    else {
      if (cell.length <= 8) place.className = "short";
      place.append(element("bdi", cell));
    }
    made.append(place);
  });
  return made;
}

// Rows are given as numbers from 0: `cells` makes one, `text` is what a search looks in, `units` counts, `tests` are by filter.
function list(name, { count, cells, text, units, tests, changed }) {
  const root = document.getElementById(name);
  if (!root) return null;
  const fields = new Map([...root.querySelectorAll("[data-filter]")].map((field) => [field.dataset.filter, field]));
  const told = root.querySelector(".count");
  const body = root.querySelector("tbody");
  const [previous, next] = [root.querySelector("[data-previous]"), root.querySelector("[data-next]")];
  const searched = new Array(count);
  let shown = [];
  let first = 0;

  function draw() {
    body.replaceChildren(...shown.slice(first, first + PAGE).map((at) => row(cells(at))));
    previous.disabled = first === 0;
    next.disabled = first + PAGE >= shown.length;
    const last = Math.min(first + PAGE, shown.length);
    const words = shown.length ? data.words.pages : data.words["pages.none"];
    root.querySelector(".pages span").textContent = fill(words, { first: whole.format(first + 1), last: whole.format(last) });
  }

  function filter() {
    const wanted = plain(fields.get("text").value.trim());
    const active = Object.entries(tests).filter(([key]) => fields.get(key).value !== "");
    shown = [];
    let sum = 0;
    for (let at = 0; at < count; at += 1) {
      if (wanted && !(searched[at] ??= plain(text(at))).includes(wanted)) continue;
      if (!active.every(([key, test]) => test(at, fields.get(key).value))) continue;
      shown.push(at);
      if (units) sum += units(at);
    }
    first = 0;
    const values = { shown: whole.format(shown.length), all: whole.format(count), sum: whole.format(sum) };
    told.textContent = fill(units ? data.words.count : data.words["count.rows"], values);
    draw();
    if (changed) changed(shown, Object.fromEntries([...fields].map(([key, field]) => [key, field.value])));
  }

  function set(values) {
    for (const [key, value] of Object.entries(values)) fields.get(key).value = value;
    filter();
  }

  function clear() {
    for (const field of fields.values()) field.value = "";
    filter();
  }

  function turn(by) {
    first += by;
    draw();
    body.parentElement.parentElement.scrollTop = 0;
  }

  let waiting = 0;
  root.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.target.dataset.filter === "text") waiting = setTimeout(filter, 120); // not at every letter
    else filter();
  });
  root.querySelector("[data-clear]").addEventListener("click", clear);
  previous.addEventListener("click", () => turn(-PAGE));
  next.addEventListener("click", () => turn(PAGE));
  root.hidden = false;
  filter();
  return { set, clear, root, told };
}
