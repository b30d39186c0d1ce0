// A strategy's tree as nested lists: what is chosen, how likely each outcome is, what it is worth.

const OPEN = 3; // levels that stand open along the policy

function treeList(engine, now, before, id, labels, numerals, words, suppose, known) {
  const steps = engine.trees.get(id), rolled = now.strategies[id], agreed = before.strategies[id];
  const nameOf = n => labels[engine.nodes[n]];
  const unfolded = known ?? new Set();

  function branches(n, depth, isTaken) {
    const { kind, below, node } = steps[n];
    return element("ul", { class: "live-branches" }, ...below.map(child => {
      const step = steps[child], branch = nameOf(node)[step.position + 1];
      const share = rolled.weight[n] > 0 ? rolled.weight[child] / rolled.weight[n] : 0;
      const isChosen = kind === "d" && rolled.choice.get(n) === child;
      const wasChosen = kind === "d" && agreed.choice.get(n) === child;
      const mark = kind !== "d" ? (share > 0 ? numerals.percent(share) : words.never)
        : isChosen ? words.chosen : wasChosen ? words.was_chosen : "";
      const own = isTaken && (kind !== "d" || isChosen);
      const worth = rolled.weight[child] > 0 ? numerals.worth(rolled.certain[child]) : UNKNOWN;
      const next = step.kind === "e" ? "" : nameOf(step.node)[0];
      const line = [element(isChosen ? "b" : "span", {}, branch), ` ${[mark, worth, next].filter(Boolean).join(" \u00b7 ")} `];
      const acts = kind === "d" ? [] : outcomeActs(node, step.position, kind, branch);
      if (step.kind === "e") return element("li", { class: own ? "taken" : "" }, ...line, ...acts);
      if (!known && own && depth < OPEN) unfolded.add(child);
      const inside = branches(child, depth + 1, own);
      inside.hidden = !unfolded.has(child);
      const fold = element("button", { class: "fold", "aria-expanded": String(!inside.hidden), "aria-label": next,
        onclick: () => {
          inside.hidden = !inside.hidden;
          if (inside.hidden) unfolded.delete(child); else unfolded.add(child);
          fold.setAttribute("aria-expanded", String(!inside.hidden));
        } });
      return element("li", { class: own ? "taken" : "" }, fold, ...line, ...acts, inside);
    }));
  }

  function outcomeActs(node, position, kind, branch) {
    const name = engine.nodes[node], outcome = engine.program.nodes[name].branches[position];
    const act = (text, strategy) => element("button", { class: "act",
      "aria-pressed": String(now.moved.supposed.some(s => s.node === name && s.branch === outcome && s.strategy === strategy)),
      "aria-label": `${nameOf(node)[0]}: ${branch}: ${text}`,
      onclick: () => suppose(name, outcome, strategy) }, text);
    return [act(words.see, id), kind === "o" ? null : act(words.make, "")];
  }

  const list = steps[0].kind === "e"
    ? element("p", {}, `${words.end}: ${numerals.worth(rolled.certain[0])}`)
    : element("div", {}, element("p", {}, element("b", {}, nameOf(steps[0].node)[0]), ` ${numerals.worth(rolled.certain[0])}`),
      branches(0, 0, true));
  return { list, unfolded };
}
