// A strategy's tree as nested lists: what is chosen, how likely each outcome is, what it is worth.

const OPEN = 3; // levels that stand open along the policy

function treeList(engine, now, before, id, labels, numerals, words, suppose) {
  const steps = engine.trees.get(id), rolled = now.strategies[id], agreed = before.strategies[id];
  const nameOf = n => labels[engine.nodes[n]];
  const isSupposed = (node, branch) => now.moved.supposed.some(s => s.node === node && s.branch === branch);

  function branches(n, depth, isTaken) {
    const { kind, below, node } = steps[n];
    const inside = below.map(child => {
      const step = steps[child], branch = nameOf(node)[step.position + 1];
      const share = rolled.weight[n] > 0 ? rolled.weight[child] / rolled.weight[n] : 0;
      const isChosen = kind === "d" && rolled.choice.get(n) === child;
      const wasChosen = kind === "d" && agreed.choice.get(n) === child;
      const mark = kind === "d"
        ? [isChosen ? words.chosen : "", wasChosen && !isChosen ? words.was_chosen : ""].filter(Boolean).join("; ")
        : share > 0 ? numerals.percent(share) : words.never;
      const own = isTaken && (kind !== "d" || isChosen);
      const worth = rolled.weight[child] > 0 ? numerals.worth(rolled.certain[child]) : UNKNOWN;
      const line = [element(isChosen ? "b" : "span", {}, branch), ` ${[mark, worth].filter(Boolean).join(" \u00b7 ")}`];
      const acts = kind === "d" ? [] : outcomeActs(node, step.position, kind, branch);
      if (step.kind === "e") return element("li", { class: own ? "taken" : "" }, ...line, ...acts);
      return element("li", { class: own ? "taken" : "" }, ...acts, element("details", { open: own && depth < OPEN },
        element("summary", {}, ...line, `: ${nameOf(step.node)[0]}`), branches(child, depth + 1, own)));
    });
    return element("ul", { class: "policy" }, ...inside);
  }

  function outcomeActs(node, position, kind, branch) {
    const name = engine.nodes[node], outcome = engine.program.nodes[name].branches[position];
    const act = (text, strategy) => element("button", { class: "act",
      "aria-pressed": String(now.moved.supposed.some(s => s.node === name && s.branch === outcome && !!s.strategy === !!strategy)),
      "aria-label": `${nameOf(node)[0]}: ${branch}: ${text}`,
      onclick: () => suppose(name, outcome, strategy) }, text);
    return [" ", act(words.see, id), kind === "o" ? null : act(words.make, ""), isSupposed(name, outcome) ? " \u2713" : null];
  }

  if (steps[0].kind === "e") return element("p", {}, `${words.end}: ${numerals.worth(rolled.certain[0])}`);
  return element("div", {}, element("p", {}, element("b", {}, nameOf(steps[0].node)[0]), ` ${numerals.worth(rolled.certain[0])}`),
    branches(0, 0, true));
}
