// The panel: numbers to move on one side, what follows on the other.

const HEAVY = 0.1; // of the disutility in the worst hundredth of the draws: more would see worse
const HELD_BACK = 120; // milliseconds after a move, before what takes longer is drawn anew

async function start() {
  const data = JSON.parse(await unpacked("live-data"), (_, own) => isPlain(own) ? bare(own) : own);
  const { words, strategies } = data, program = withInputs(data.program);
  const numerals = numeralsOf(data.numerals);
  const numbers = new Map(data.numbers.map(([name, label, href, manner, unit, ...range]) =>
    [name, { name, label, href, manner, unit, range }]));
  for (const [tree, own, labelOf] of [[data.criteria, program.criteria, row => strategies[row]?.label],
    [data.screening, program.screeningCriteria, row => data.targets[row]]]) {
    const anchors = leavesOf(own);
    leavesOf(tree).forEach(({ id, label, unit = "" }, n) => {
      const ends = [anchors[n].worst, anchors[n].best].sort((a, b) => a - b);
      for (const [row, places] of Object.entries(data.performances)) {
        const name = `${row}.${id}`, called = labelOf(row), place = places.split(" ")[n];
        if (!called || !place || place === "-" || !(name in program.inputs)) continue;
        numbers.set(name, { name, label: `${label}: ${called}`, href: `${place}-${n + 1}`, manner: "number", unit,
          range: name in program.constants ? [program.constants[name], ...ends] : [] });
      }
    });
  }
  const swings = new Map();
  (function gather(tree) {
    for (const member of tree) {
      swings.set(member.id, member);
      gather(member.members ?? []);
    }
  })(data.criteria);
  const engine = lazily(() => engineOf(program));
  const base = lazily(() => evaluate(engine(), noMoves()));
  const firms = new Set(Object.values(strategies).map(own => own.target).filter(Boolean));
  let moves = noMoves(), now = null, waiting = 0, unfolded = null;
  const controls = new Map();

  // ---- what is moved

  function control(key) {
    if (controls.has(key)) return controls.get(key);
    const made = makeControl(key);
    if (!made) return null;
    controls.set(key, made);
    byId("live-moves").append(made.box);
    return made;
  }

  function makeControl(key) {
    const [kind, name] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
    const id = `move-${controls.size}`;
    const spec = SPECS[kind](name);
    if (!spec) return null;
    const slider = element("input", { type: "range", id, min: spec.min, max: spec.max, step: spec.step ?? "any" });
    const value = element("output", { for: id });
    const undo = element("button", { class: "act", "aria-label": `${words.undo}: ${spec.label}`,
      onclick: () => { spec.clear(); show(); changed(); slider.focus(); } }, words.undo);
    const pin = spec.pin && element("button", { class: "act", "aria-label": `${words.pin}: ${spec.label}`,
      onfocus: () => { isTyped = isLeft; },
      onblur: () => { isTyped = false; },
      onclick: () => { if (isTyped) isTyped = false; else { spec.pin(); show(); changed(); } } }, words.pin);
    const exact = spec.exact && element("input", { type: "number", step: "any", placeholder: spec.unit,
      "aria-label": `${words.exact} (${spec.unit}): ${spec.label}`,
      onchange: () => {
        if (!exact.value) return;
        spec.exact(Number(exact.value));
        exact.value = "";
        show();
        changed();
        isLeft = true;
        setTimeout(() => { isLeft = false; });
      } });
    // whether a field was left with a number in it just now, and left for the button that pins it
    let isLeft = false, isTyped = false;
    const name_ = spec.href ? element("a", { href: spec.href }, spec.label) : spec.label;
    const box = element("div", { class: "move" }, element("label", { for: id }, name_), value, slider,
      element("span", {}, exact, pin, undo));
    slider.addEventListener("input", () => { spec.set(Number(slider.value)); show(); changed(); });
    function show() {
      const at = spec.get();
      slider.min = Math.min(spec.min, at);
      slider.max = Math.max(spec.max, at);
      slider.value = at;
      const text = spec.write(at);
      value.textContent = text;
      slider.setAttribute("aria-valuetext", text);
      undo.disabled = !spec.isMoved();
      if (pin) pin.setAttribute("aria-pressed", String(name in moves.pinned));
      box.classList.toggle("moved", spec.isMoved());
    }
    show();
    return { box, show };
  }

  const SPECS = {
    number(name) {
      const own = numbers.get(name);
      if (!own) return null;
      const { label, manner, unit } = own, href = `#${own.href}`;
      const write = x => numerals.amount(x, manner, unit);
      const isMoved = () => name in moves.pinned || name in moves.shifted;
      const clear = () => { delete moves.pinned[name]; delete moves.shifted[name]; };
      const d = program.drawn[name], at = d && (d.kind === "discrete" ? stateAt(d) : scoreQuantile(d));
      const [factor, counted] = numerals.countedIn(own.range[0] ?? at(0), manner, unit);
      const pinTo = x => { clear(); moves.pinned[name] = d?.kind === "discrete" ? at(scoreOf(at, x)) : x; };
      const common = { label, href, clear, isMoved, unit: counted, exact: x => pinTo(Number((factor * x).toPrecision(12))) };
      if (own.range.length) {
        const [agreed, low, high] = own.range;
        return { ...common, min: low, max: high,
          get: () => moves.pinned[name] ?? agreed,
          set: x => { moves.pinned[name] = x; },
          write: x => isMoved() ? said(words.value_was, { value: write(x), agreed: write(agreed) }) : write(x) };
      }
      const isPinned = () => name in moves.pinned;
      return { ...common, min: -2, max: 2, step: 0.02,
        get: () => isPinned() ? scoreOf(at, moves.pinned[name]) : moves.shifted[name] ?? 0,
        set(score) {
          if (isPinned()) moves.pinned[name] = at(score);
          else if (Math.abs(score) < 1e-9) clear();
          else moves.shifted[name] = score;
        },
        pin() {
          if (isPinned()) clear(); else pinTo(at(moves.shifted[name] ?? 0));
        },
        write(score) {
          if (isPinned()) return said(words.pinned, { value: write(moves.pinned[name]) });
          return isMoved() ? said(words.median_was, { value: write(at(score)), agreed: write(at(0)) })
            : said(words.median, { value: write(at(0)) });
        } };
    },
    swing(name) {
      const own = swings.get(name);
      if (!own) return null;
      const most = Math.max(100, 2 * own.swing);
      return { label: said(words.weight_of, { name: own.label }), min: 0, max: most, step: most / 100,
        get: () => moves.swings[name] ?? own.swing,
        set: x => { moves.swings[name] = x; },
        clear: () => { delete moves.swings[name]; },
        isMoved: () => name in moves.swings,
        write(x) {
          const share = numerals.percent(weightsOf(data.criteria, moves.swings)[name]);
          const pieces = { value: numerals.number(x), agreed: numerals.number(own.swing), share };
          return said(name in moves.swings ? words.swing_was : words.swing, pieces);
        } };
    },
    frame(name) {
      if (name === "horizon") {
        const { years } = program, last = years[years.length - 1];
        if (years.length < 2 || !("decision.horizon" in program.constants)) return null;
        const agreed = program.constants["decision.horizon"];
        return { label: words.horizon, min: years[0], max: last, step: 1,
          get: () => moves.horizon ?? agreed,
          set: x => { if (x === agreed) delete moves.horizon; else moves.horizon = x; },
          clear: () => { delete moves.horizon; },
          isMoved: () => moves.horizon !== undefined,
          write: x => String(x) };
      }
      const agreed = program.riskTolerance ?? Infinity;
      const middle = Number.isFinite(agreed) ? agreed : largestWorth();
      const write = x => Number.isFinite(x) ? numerals.money(x) : words.no_tolerance;
      const current = () => moves.riskTolerance === undefined ? agreed : moves.riskTolerance ?? Infinity;
      return { label: words.risk_tolerance, min: -1, max: 1.5, step: 0.01,
        get: () => Number.isFinite(current()) ? Math.log10(current() / middle) : 1.5,
        set: x => { moves.riskTolerance = x >= 1.5 ? null : middle * 10 ** x; },
        clear: () => { delete moves.riskTolerance; },
        isMoved: () => moves.riskTolerance !== undefined,
        write: () => moves.riskTolerance === undefined ? write(agreed)
          : said(words.value_was, { value: write(current()), agreed: write(agreed) }) };
    },
  };

  const largestWorth = () => Math.max(1, ...Object.values(strategies).map(s => Math.abs(s.certain)));

  // ---- what follows

  function changed() {
    byId("live-said").textContent = "";
    if (waiting) return;
    waiting = requestAnimationFrame(() => { waiting = 0; follow(); });
  }

  function follow() {
    const before = now ?? base();
    now = countOf(moves) ? evaluate(engine(), copyOf(moves), before) : evaluate(engine(), noMoves(), before);
    controls.forEach(({ show }) => show());
    showResults();
    clearTimeout(follow.later);
    follow.later = setTimeout(showMore, HELD_BACK);
  }

  // The printed figure and the difference that the moves make.
  function worthOf(id) {
    const { certain } = strategies[id];
    return now ? certain + now.strategies[id].certain[0] - base().strategies[id].certain[0] : certain;
  }

  // Twice the standard error of a worth, or of a lead over another: that of the printed figures, and
  // that of the moves' effect on these draws.
  function errorOf(id, other) {
    const ids = other ? [id, other] : [id];
    const printed = sumOf(ids.map(n => strategies[n].error ** 2));
    if (!now) return 2 * Math.sqrt(printed);
    const [after, before] = [now, base()].map(own => own.isExact ? [] : ids.map(n => own.strategies[n].influences()));
    const [one, rest] = after.length < before.length ? [before, []] : [after, before];
    const effect = (one[0] ?? []).map((_, i) => differenceAt(one, i) - differenceAt(rest, i));
    return 2 * Math.sqrt(printed + sumOf(effect.map(x => x * x)) / Math.max(1, effect.length) ** 2);
  }

  const differenceAt = ([first, second], i) => (first?.[i] ?? 0) - (second?.[i] ?? 0);

  function lossOf(id) {
    const { loss } = strategies[id];
    if (!now) return loss;
    const [share, was] = [now, base()].map(own => shareOfLoss(own.strategies, id));
    return clipped(loss + share - was, 0, 1);
  }

  function scoreOfStrategy(id) {
    const { score } = strategies[id];
    if (score === null || score === undefined) return null;
    return now ? score + now.scores.totals[id] - base().scores.totals[id] : score;
  }

  const ids = Object.keys(strategies);

  function bestOfFamilies(value) {
    const best = new Map();
    for (const id of ids) {
      const { family, target } = strategies[id], x = value(id);
      if (x === null || moves.acquired && target && target !== moves.acquired) continue;
      if (!best.has(family) || x > value(best.get(family))) best.set(family, id);
    }
    return [...best.values()].sort((a, b) => value(b) - value(a));
  }

  function showResults() {
    const count = countOf(moves), agreed = id => strategies[id].certain;
    const ranked = bestOfFamilies(worthOf), [leader, second] = ranked;
    const agreedLeader = [...ids].sort((a, b) => agreed(b) - agreed(a))[0];
    const problem = now && problemOf(now);
    const lead = second && worthOf(leader) - worthOf(second), error = second ? errorOf(leader, second) : 0;
    const name = id => strategies[id].label;
    byId("live-answer").textContent = problem ? said(words.refused, { reason: problem })
      : !count ? words.as_agreed
      : !second ? said(words.only_leader, { leader: name(leader), worth: numerals.worth(worthOf(leader)) })
      : said(strategies[leader].family === strategies[agreedLeader].family ? words.same_leader : words.new_leader, {
        leader: name(leader), second: name(second), agreed: name(agreedLeader),
        lead: numerals.money(lead, 2), error: numerals.money(error, 1) })
        + (lead < error ? ` ${words.too_close}` : "") + (isHeavy(ranked) ? ` ${words.heavy}` : "");
    const ends = ids.flatMap(id => [worthOf(id), agreed(id)]);
    const low = Math.min(0, ...ends), high = Math.max(0, ...ends);
    const hasScore = scoreOfStrategy(leader) !== null;
    const head = [words.strategy, words.bars, words.worth, words.change, words.loss, ...(hasScore ? [words.score] : [])];
    byId("live-worth").replaceChildren(table(head, ranked.map((id, i) => {
      const worth = worthOf(id), score = scoreOfStrategy(id);
      return { isLeader: i === 0, cells: [name(id), worthBar(worth, agreed(id), low, high), element("b", {}, numerals.worth(worth)),
        movedBy(id), numerals.percent(lossOf(id), 2),
        ...(hasScore ? [numerals.points(score)] : [])] };
    }), words.results));
    if (hasScore) {
      const top = bestOfFamilies(scoreOfStrategy)[0];
      const was = [...ids].sort((a, b) => strategies[b].score - strategies[a].score)[0];
      byId("live-score").textContent = said(strategies[top].family === strategies[was].family ? words.score_same : words.score_new,
        { leader: name(top), agreed: name(was), points: numerals.points(scoreOfStrategy(top)) });
    }
    byId("live-back").disabled = !count;
    const banner = byId("live-banner");
    banner.hidden = !count;
    document.body.classList.toggle("what-if", !!count);
    byId("live-count").textContent = said(count === 1 ? words.moved_one : words.moved_many, { count });
    byId("live-short").textContent = byId("live-answer").textContent;
    byId("live-list").replaceChildren(...listed().map(text => element("li", {}, text)));
    if (started) history.replaceState(null, "", count ? linkOf(moves) : location.pathname + location.search + (isOurs() ? "#what_if" : location.hash));
  }

  const isOurs = () => location.hash.startsWith(LINK);

  const isHeavy = ids => !!now && now.R !== null && (data.heavy || [now, base()].some(own => !own.isExact
    && ids.some(id => worstDisutility(own.strategies[id].profile(), own.R) > HEAVY)));

  const isSame = (x, agreed) => Math.abs(x - agreed) <= 1e-9 * Math.max(1, Math.abs(agreed));

  // How far a strategy's worth has moved, and twice the standard error of where it is now.
  function movedBy(id) {
    const { certain } = strategies[id], worth = worthOf(id);
    return isSame(worth, certain) ? words.unmoved
      : `${numerals.change(worth - certain)} (\u00b1\u00a0${numerals.money(errorOf(id), 1)})`;
  }

  // What cannot be: a probability beyond 0 or 1, an amount that is no number.
  function problemOf({ strategies: found }) {
    for (const id of ids) {
      const { steps, weight, certain, breach } = found[id];
      const isOff = ({ kind, below }, n) => kind === "c"
        && Math.abs(below.reduce((sum, child) => sum + weight[child], 0) - weight[n]) > 1e-6 * weight[0];
      const node = breach < 0 ? steps.find(isOff) : steps[steps[breach].parent];
      if (node) return said(words.bad_chance, { name: data.nodes[engine().nodes[node.node]][0] });
      if (!Number.isFinite(certain[0])) return words.bad_total;
    }
    return "";
  }

  function listed() {
    const found = [];
    for (const kind of ["pinned", "shifted"]) {
      for (const name of Object.keys(moves[kind])) found.push(`${numbers.get(name).label}: ${SPECS.number(name).write(moves[kind][name])}`);
    }
    for (const name of Object.keys(moves.swings)) found.push(`${SPECS.swing(name).label}: ${SPECS.swing(name).write(moves.swings[name])}`);
    if (moves.horizon !== undefined) found.push(`${words.horizon}: ${moves.horizon}`);
    if (moves.riskTolerance !== undefined) found.push(`${words.risk_tolerance}: ${SPECS.frame("tolerance").write()}`);
    if (moves.acquired) found.push(`${words.acquired}: ${data.targets[moves.acquired]}`);
    for (const { node, branch, strategy } of moves.supposed) {
      const [label, ...outcomes] = data.nodes[node];
      const name = `${label}: ${outcomes[program.nodes[node].branches.indexOf(branch)]}`;
      found.push(said(strategy ? words.seen : words.made, { name }));
    }
    return found;
  }

  function showMore() {
    if (!now) return;
    if (document.querySelector("#live-all button:active")) {
      // a button that went away while it is pressed would not be clicked
      follow.later = setTimeout(showMore, HELD_BACK);
      return;
    }
    const ranked = bestOfFamilies(worthOf);
    const byWorth = [...ids].sort((a, b) => strategies[b].certain - strategies[a].certain); // as they are printed
    const shades = new Map([...new Set(byWorth.map(id => strategies[id].family))].map((family, i) => [family, i % 8]));
    const rows = ranked.map(id => ({
      id, shade: `s${shades.get(strategies[id].family)}`, number: String(shades.get(strategies[id].family) + 1),
      worths: [worthOf(id), strategies[id].certain], scores: [scoreOfStrategy(id), strategies[id].score],
      profile: now.strategies[id].profile() }));
    const legend = element("ol", { class: "legend" }, ...rows.map(({ id, shade, number }) => element("li", {},
      svgKey(shade, number), strategies[id].label)));
    const pictures = [profilePicture(rows.filter(row => row.profile.totals.length > 1 || row.profile.totals[0] !== 0), numerals, words)];
    if (rows.every(row => row.scores[0] !== null)) pictures.unshift(planePicture(rows, numerals, words));
    byId("live-pictures").replaceChildren(...pictures, legend);
    showTree();
    showFirms();
  }

  const svgKey = (shade, number) => {
    const key = svg(18, 18, "", badge(9, 9, shade, number));
    key.setAttribute("aria-hidden", "true");
    return key;
  };

  // Puts something new in a box; the focus stays on the button that had it.
  function renew(box, made) {
    const buttons = () => [...box.querySelectorAll("button")];
    const focused = buttons().indexOf(document.activeElement);
    box.replaceChildren(made);
    buttons()[focused]?.focus();
  }

  function showTree() {
    const id = byId("live-strategy").value;
    if (showTree.shown !== id) unfolded = null;
    showTree.shown = id;
    const tree = treeList(engine(), now, base(), id, data.nodes, numerals, words, suppose, unfolded);
    unfolded = tree.unfolded;
    renew(byId("live-tree"), tree.list);
  }

  function suppose(node, branch, strategy) {
    const isSame = s => s.node === node && s.branch === branch && s.strategy === strategy;
    const had = moves.supposed.some(isSame);
    moves.supposed = moves.supposed.filter(s => program.nodes[s.node].event !== program.nodes[node].event);
    if (!had) moves.supposed.push({ node, branch, strategy });
    changed();
  }

  function showFirms() {
    const bought = ids.filter(id => strategies[id].target);
    const box = byId("live-firms");
    box.hidden = byId("live-firms-heading").hidden = !bought.length;
    if (!bought.length) return;
    const rows = [...bought].sort((a, b) => worthOf(b) - worthOf(a)).map((id, i) => {
      const { target } = strategies[id], total = now.screened.totals[target];
      return { isLeader: i === 0, cells: [data.targets[target], numerals.worth(worthOf(id)), movedBy(id),
        total === undefined ? UNKNOWN : numerals.points(total),
        element("button", { class: "act", "aria-pressed": String(moves.acquired === target), "aria-label": `${words.take_firm}: ${data.targets[target]}`,
          onclick: () => { moves.acquired = moves.acquired === target ? undefined : target; changed(); } }, words.take_firm)] };
    });
    renew(box, table([words.firm, words.worth, words.change, words.screened, words.acquired], rows, words.firms));
  }

  // ---- the acts

  function reset() {
    moves = noMoves();
    changed();
    byId("live-answer").focus();
  }

  async function copy(text) {
    const place = byId("live-said");
    try {
      await navigator.clipboard.writeText(text);
      place.replaceChildren(words.copied);
    } catch {
      const area = element("textarea", { readonly: true, rows: Math.min(text.split("\n").length + 1, 12), "aria-label": words.not_copied });
      area.value = text;
      place.replaceChildren(words.not_copied, area);
      area.select();
    }
  }

  function adopt(hash) {
    const [given, isWhole] = movesOf(hash, { program, numbers, swings, firms });
    moves = given;
    byId("live-said").textContent = isWhole ? "" : words.unknown;
    for (const name of [...Object.keys(moves.pinned), ...Object.keys(moves.shifted)]) control(`number:${name}`);
    for (const name of Object.keys(moves.swings)) control(`swing:${name}`);
    follow();
  }

  let started = false;
  for (const name of data.shown) control(`number:${name}`);
  for (const name of numbers.has("discount_rate") ? ["discount_rate"] : []) control(`number:${name}`);
  control("frame:tolerance");
  control("frame:horizon");
  for (const member of data.criteria) control(`swing:${member.id}`);
  const names = new Map([...numbers.values()].map(own => [own.label, `number:${own.name}`]));
  for (const [id, { label }] of swings) names.set(said(words.weight_of, { name: label }), `swing:${id}`);
  byId("live-names").append(...[...names.keys()].map(label => element("option", { value: label })));
  byId("live-add").addEventListener("change", event => {
    const made = names.has(event.target.value) && control(names.get(event.target.value));
    if (!made) return;
    event.target.value = "";
    made.box.querySelector("input").focus();
  });
  byId("live-strategy").append(...ids.map(id => element("option", { value: id }, strategies[id].label)));
  byId("live-strategy").value = [...ids].sort((a, b) => strategies[b].certain - strategies[a].certain)
    .find(id => program.strategies[id].length > 1) ?? ids[0];
  byId("live-strategy").addEventListener("change", () => { if (now) showTree(); else follow(); });
  byId("live-back").addEventListener("click", reset);
  byId("live-reset").addEventListener("click", reset);
  byId("live-link").addEventListener("click", () => copy(location.href.split("#")[0] + linkOf(moves)));
  byId("live-yaml").addEventListener("click", () => copy(yamlOf(moves, data.digest)));
  addEventListener("hashchange", () => { if (isOurs()) adopt(location.hash); });
  byId("live-all").hidden = false;
  byId("live-none").hidden = true;
  showResults();
  started = true;
  if (isOurs()) adopt(location.hash);
  else (globalThis.requestIdleCallback ?? setTimeout)(() => { if (!now) follow(); });
}

// Where a value lies among a distribution's normal scores, by halving.
function scoreOf(at, value) {
  let low = -6, high = 6;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (at(middle) < value) low = middle; else high = middle;
  }
  return (low + high) / 2;
}

const stateAt = d => {
  const state = quantile(d);
  return z => d.values[state(ndtr(z))];
};

start();
