// The lists of this page: assignments, demands, shortages, and the two trees.

const { units, communities, resources, demands, requirements, texts } = data;
const of = {
  demand: (need) => requirements.demand[need],
  community: (need) => demands.community[requirements.demand[need]],
  tier: (need) => demands.tier[requirements.demand[need]],
};
const person = (at) => (resources.name && resources.name[at]) || "";
const tierWord = (tier) => fill(data.words.tier, { tier });

function inWords(tree, node) {
  const names = [];
  for (let at = node; at >= 0; at = tree.parent[at]) names.push(tree.id[at], tree.name[at]);
  return names.join("\n");
}

function assignmentList(only) {
  const { resource, requirement, quantity } = data.assignments;
  const pairs = resource.map((at, n) => {
    const node = of.community(requirement[n]);
    return [units.place[resources.unit[at]], communities.place[node], node, quantity[n]];
  });
  let show = () => {};
  const made = list("assignments", {
    count: resource.length,
    units: (at) => quantity[at],
    cells: (at) => {
      const [who, need] = [resource[at], requirement[at]];
      const demand = of.demand(need);
      const first = [button(resources.id[who], () => only(resources.id[who]))];
      if (person(who)) first.push(" ", element("bdi", person(who)));
      return [
        first, isolated(named(units, resources.unit[who])), requirements.id[need], isolated(named(communities, demands.community[demand])),
        tierWord(demands.tier[demand]), texts[demands.when[demand]], quantity[at],
      ];
    },
    text: (at) => {
      const [who, need] = [resource[at], requirement[at]];
      const demand = of.demand(need);
      return [
        resources.id[who], person(who), texts[resources.kind[who]], requirements.id[need], texts[requirements.skills[need]],
        demands.name[demand], texts[demands.category[demand]], inWords(units, resources.unit[who]), inWords(communities, demands.community[demand]),
      ].join("\n");
    },
    tests: {
      unit: (at, value) => pairs[at][0] === Number(value),
      community: (at, value) => {
        const [place, number] = value.split(".");
        return pairs[at][1] === Number(place) && (number === undefined || data.inner[place][pairs[at][2]] === Number(number));
      },
      tier: (at, value) => of.tier(requirement[at]) === Number(value),
    },
    changed: (shown, filters) => show(shown, filters),
  });
  if (!made) return null;
  show = flows(pairs, (values) => made.set(values));
  return made;
}

function demandList() {
  const sums = demands.id.map(() => [0, 0, 0]);
  const skills = demands.id.map(() => []);
  requirements.demand.forEach((demand, need) => {
    const [wanted, filled] = [requirements.wanted[need], requirements.filled[need]];
    [wanted, filled, Math.max(0, wanted - filled)].forEach((amount, column) => { sums[demand][column] += amount; });
    skills[demand].push(texts[requirements.skills[need]], requirements.id[need]);
  });
  list("demands", {
    count: demands.id.length,
    cells: (at) => [
      isolated(demands.id[at], demands.name[at]), texts[demands.category[at]], isolated(named(communities, demands.community[at])),
      tierWord(demands.tier[at]), texts[demands.when[at]], ...sums[at],
    ],
    text: (at) => [demands.id[at], demands.name[at], texts[demands.category[at]], inWords(communities, demands.community[at]), ...skills[at]].join("\n"),
    tests: {
      day: (at, value) => demands.days[at].includes(Number(value)),
      tier: (at, value) => demands.tier[at] === Number(value),
    },
  });
}

function shortageList() {
  const { requirement, missing, cause, why } = data.shortages;
  list("lacking", {
    count: requirement.length,
    units: (at) => missing[at],
    cells: (at) => {
      const need = requirement[at];
      const more = element("details");
      more.append(element("summary", data.words.more), ...why[at].map((line) => element("p", line)));
      return [
        isolated(requirements.id[need], demands.name[of.demand(need)]), isolated(named(communities, of.community(need))),
        tierWord(of.tier(need)), missing[at], texts[cause[at]], more,
      ];
    },
    text: (at) => {
      const need = requirement[at];
      return [requirements.id[need], texts[requirements.skills[need]], demands.name[of.demand(need)], inWords(communities, of.community(need)), ...why[at]].join("\n");
    },
    tests: {
      cause: (at, value) => texts[cause[at]] === value,
      tier: (at, value) => of.tier(requirement[at]) === Number(value),
    },
  });
}

function trees(only) {
  const demandsAt = communities.id.map(() => []);
  demands.community.forEach((node, at) => demandsAt[node].push(at));
  const needsOf = demands.id.map(() => []);
  requirements.demand.forEach((demand, need) => needsOf[demand].push(need));
  drill("communities", communities, ([wanted, filled, missing, below]) => [wanted, filled, missing, below, share(filled, wanted)], (node) => demandsAt[node].map((at) => {
    const needs = needsOf[at];
    const sum = (amount) => needs.reduce((total, need) => total + amount(need), 0);
    const [wanted, filled] = [sum((need) => requirements.wanted[need]), sum((need) => requirements.filled[need])];
    const missing = sum((need) => Math.max(0, requirements.wanted[need] - requirements.filled[need]));
    const below = sum((need) => Math.max(0, requirements.minimum[need] - requirements.filled[need]));
    return row([isolated(demands.id[at], demands.name[at]), wanted, filled, missing, below, share(filled, wanted)]);
  }));
  const resourcesAt = units.id.map(() => []);
  resources.unit.forEach((node, at) => resourcesAt[node].push(at));
  drill("units", units, ([count, busy, given, capacity]) => [count, busy, given, capacity, share(given, capacity)], (node) => resourcesAt[node].map((at) => {
    const [given, capacity] = [resources.given[at], resources.capacity[at]];
    const first = given ? [button(resources.id[at], () => only(resources.id[at]))] : isolated(resources.id[at]);
    const label = [" ", element("small", [person(at), texts[resources.kind[at]]].filter(Boolean).join(", "))];
    return row([[...first, ...label], 1, given ? 1 : 0, given, capacity, share(given, capacity)]);
  }));
}
