// The pictures of units and communities: parts can be chosen, bands grow and shrink with the filters of the list.

// One picture. `place` is that of the community it shows from within, or "" where it shows all; `pairs` are [unit, community, units].
function flowPicture(figure, place, pairs, choose) {
  const picture = figure.querySelector("svg");
  const parts = new Map();
  for (const part of picture.querySelectorAll("[data-part]")) {
    if (part.dataset.part.startsWith("label")) continue;
    parts.set(part.dataset.part, part);
    part.setAttribute("role", "button");
    part.setAttribute("tabindex", "-1");
    part.setAttribute("aria-pressed", "false");
  }
  picture.setAttribute("role", "group");
  const bands = [...parts].filter(([name]) => name.startsWith("band")).map(([name, part]) => {
    const path = part.querySelector("path");
    return { name, part, path, width: Number(path.getAttribute("stroke-width")), all: 0, shown: 0 };
  });
  const byName = new Map(bands.map((band) => [band.name, band]));
  const bandOf = pairs.map(([unit, community]) => byName.get(`band-${unit}-${community}`));
  pairs.forEach(([, , units], at) => { if (bandOf[at]) bandOf[at].all += units; });
  const community = (number) => (number === "" ? place : place === "" ? number : `${place}.${number}`);

  // One stop of the Tab key; arrow keys go on: nodes down each side, then the bands, the widest first.
  const order = [...[...parts.keys()].filter((name) => name.startsWith("node")).map((name) => parts.get(name)), ...bands.map((band) => band.part)];
  let current = 0;
  function stop(at, focus) {
    order[current].setAttribute("tabindex", "-1");
    current = (at + order.length) % order.length;
    order[current].setAttribute("tabindex", "0");
    if (focus) order[current].focus();
  }
  stop(0, false);

  function chosen(part) {
    const [kind, one, other] = part.dataset.part.split("-");
    if (part.getAttribute("aria-pressed") === "true") choose({ unit: "", community: place });
    else if (kind === "band") choose({ unit: one, community: community(other) });
    else choose(one === "0" ? { unit: other, community: place } : { unit: "", community: community(other) });
  }
  function near(part) {
    const [kind, side, number] = part ? part.dataset.part.split("-") : [];
    for (const band of bands) {
      const ends = band.name.split("-").slice(1);
      band.part.classList.toggle("near", kind === "node" && ends[Number(side)] === number);
    }
  }
  picture.addEventListener("click", (event) => {
    const part = event.target.closest("[role=button]");
    if (part) {
      stop(order.indexOf(part), true);
      chosen(part);
    }
  });
  for (const [begun, ended] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    // At the figure: listening for focus itself would make the picture a stop of the Tab key in some browsers.
    figure.addEventListener(begun, (event) => near(event.target.closest("svg [role=button]")));
    figure.addEventListener(ended, () => near(null));
  }
  picture.addEventListener("keydown", (event) => {
    const part = event.target.closest("[role=button]");
    if (!part) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) stop(current + step, true);
    else if (event.key === "Home") stop(0, true);
    else if (event.key === "End") stop(order.length - 1, true);
    else if (event.key === "Enter" || event.key === " ") chosen(part);
    else if (event.key === "Escape") choose({ unit: "", community: "" });
    else return;
    event.preventDefault();
  });

  // Shows what the list shows; `filters` are its own.
  function update(shown, filters) {
    for (const band of bands) band.shown = 0;
    for (const at of shown) if (bandOf[at]) bandOf[at].shown += pairs[at][2];
    const filtered = filters.unit !== "" || filters.tier !== "" || filters.text !== "" || filters.community !== place;
    for (const band of bands) {
      band.part.classList.toggle("off", band.shown === 0);
      band.part.classList.toggle("on", filtered && band.shown > 0);
      const width = band.shown && band.shown < band.all ? Math.max(0.5, (band.width * band.shown) / band.all) : band.width;
      band.path.setAttribute("stroke-width", width);
    }
    for (const [name, part] of parts) {
      const [kind, one, other] = name.split("-");
      const on = kind === "band"
        ? filters.unit === one && filters.community === community(other)
        : one === "0" ? filters.unit === other : filters.community === community(other);
      part.setAttribute("aria-pressed", String(on));
    }
  }
  return { figure, update, focus: () => order[current].focus() };
}

// All pictures: that of a community stands in for the one of all while the list is filtered by it.
function flows(assignments, choose) {
  const outer = document.getElementById("chart-flows");
  if (!outer) return () => {};
  const pictures = new Map([["", flowPicture(outer, "", assignments.map(([unit, community, , units]) => [unit, community, units]), choose)]]);
  let place = "";
  for (const [number, inner] of Object.entries(data.inner)) {
    const pairs = assignments.map(([unit, , node, units]) => [unit, inner[node], units]);
    const figure = document.getElementById(`chart-flows-${number}`);
    pictures.set(number, flowPicture(figure, number, pairs, choose));
    figure.querySelector(".back").addEventListener("click", () => choose({ unit: "", community: "" }));
  }
  return (shown, filters) => {
    const wanted = filters.community.split(".")[0];
    const next = pictures.has(wanted) ? wanted : "";
    const held = pictures.get(place).figure.contains(document.activeElement);
    for (const [key, picture] of pictures) picture.figure.hidden = key !== next;
    pictures.get(next).update(shown, filters);
    if (held && next !== place) pictures.get(next).focus();
    place = next;
  };
}
