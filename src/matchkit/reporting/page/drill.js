// A tree, one level at a time, with the way back above it.

// `leaves(node)` gives rows of what hangs at a node itself; `cells(numbers)` are a row's further cells.
function drill(name, tree, cells, leaves) {
  const root = document.getElementById(name);
  if (!root) return;
  const body = root.querySelector("tbody");
  const path = root.querySelector(".path");
  const below = new Map();
  tree.parent.forEach((parent, at) => {
    if (!tree.all.some((column) => column[at])) return;
    if (below.has(parent)) below.get(parent).push(at);
    else below.set(parent, [at]);
  });

  function way(node) {
    const nodes = [];
    for (let at = node; at >= 0; at = tree.parent[at]) nodes.unshift(at);
    return nodes;
  }

  function show(node, focus) {
    const rows = (below.get(node) || []).map((at) => {
      const inner = below.has(at) || leaves(at).length;
      const label = tree.name[at] ? [" ", element("small", tree.id[at])] : [];
      const first = inner ? [button(named(tree, at), () => show(at, true)), ...label] : [...isolated(named(tree, at)), ...label];
      return row([first, ...cells(tree.all.map((column) => column[at]))]);
    });
    if (node >= 0) rows.push(...leaves(node));
    body.replaceChildren(...rows);
    const nodes = [-1, ...way(node)];
    path.replaceChildren(...nodes.map((at, place) => {
      const word = at < 0 ? data.words["drill.top"] : named(tree, at);
      const entry = element("li");
      if (place < nodes.length - 1) entry.append(button(word, () => show(at, true)));
      else {
        const here = element("span");
        here.append(element("bdi", word));
        here.tabIndex = -1;
        here.setAttribute("aria-current", "true");
        entry.append(here);
      }
      return entry;
    }));
    if (focus) path.querySelector("[aria-current]").focus();
  }

  root.hidden = false;
  const roots = below.get(-1) || [];
  show(roots.length === 1 && below.has(roots[0]) ? roots[0] : -1, false);
}

const share = (part, all) => {
  if (!all) return element("span", "–", "share");
  const percent = part > 0 && part < all ? Math.max(1, Math.min(99, Math.round((100 * part) / all))) : (100 * part) / all;
  return element("span", `${percent}%`, "share");
};
