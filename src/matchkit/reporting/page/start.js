// Everything is made once; the attribute tells whoever waits that the page is ready.

const shared = {};
const only = (id) => {
  shared.assignments.clear();
  shared.assignments.set({ text: id });
  shared.assignments.root.scrollIntoView({ block: "start" });
  const field = shared.assignments.root.querySelector("[data-filter=text]");
  field.focus({ preventScroll: true });
};
shared.assignments = assignmentList(only);
demandList();
shortageList();
trees(only);
document.documentElement.dataset.ready = "true";
