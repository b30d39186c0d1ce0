// The program at work: draws made once, and after a move only what it touches.

const DRAWS = 1024, MOST_STATES = 65536;

function engineOf(given) {
  const program = withInputs(given);
  const operations = operationsOf(program);
  const inputs = new Map(), users = operations.map(() => []);
  operations.forEach(({ code, from, extra }, n) => {
    if (code === "input") inputs.set(extra[0], n);
    from.forEach(argument => users[argument].push(n));
  });
  const kinds = Object.values(program.nodes).map(node => node.kind);
  const trees = new Map(Object.entries(program.strategies).map(([id, rows]) => [id, treeOf(rows, kinds)]));
  const wanted = new Map([...trees].map(([id, steps]) =>
    [id, new Set(steps.flatMap(s => [s.probability, s.total]).filter(n => n >= 0))]));
  const performances = rows => Object.values(rows).flatMap(row => Object.values(row));
  const outputs = {
    tree: [...wanted.values()].flatMap(own => [...own]),
    scores: performances(program.performances),
    screened: performances(program.screening),
  };
  return { program, years: program.years.length, operations, inputs, users, trees, wanted, outputs,
    nodes: Object.keys(program.nodes), shares: new Map(), runs: {} };
}

// Tells what is drawn from what is constant.
function withInputs(program) {
  const drawn = bare(), constants = bare();
  for (const [name, own] of Object.entries(program.inputs)) {
    if (typeof own === "number") constants[name] = own; else drawn[name] = own;
  }
  return { ...program, drawn, constants };
}

// Operations from their columns: letters for code and number of arguments, arguments as distances.
function operationsOf({ inputs, operations: { codes, code, count, first, others, extended, extras } }) {
  const names = Object.keys(inputs);
  const numberOf = letter => letter.charCodeAt(0) - 48;
  let firsts = 0, second = 0, more = 0, named = 0;
  return [...code].map((letter, n) => {
    const name = codes[numberOf(letter)], many = numberOf(count[n]);
    const from = many ? [n - first[firsts++]] : [];
    while (from.length < many) from.push(n - others[second++]);
    if (name === "input") return { code: name, from, extra: [names[named++]] };
    return { code: name, from, extra: extended.includes(name) ? extras[more++].map(Number) : [] };
  });
}

// Evaluates a what-if; of the evaluation before it what did not move is kept.
function evaluate(engine, moved, before) {
  const { program, trees, wanted } = engine;
  const own = { ...moved, pinned: bare(moved.pinned), shifted: bare(moved.shifted), swings: bare(moved.swings) };
  if (moved.horizon !== undefined) own.pinned["decision.horizon"] = moved.horizon;
  const supposed = suppositions(engine, moved.supposed);
  const runs = runsOf(engine, own, supposed);
  const { tree } = runs;
  const get = n => valueOf(engine, tree, n, own);
  const R = moved.riskTolerance === undefined ? program.riskTolerance : moved.riskTolerance;
  const weights = weightsUnder(engine, tree, own, supposed.evidence);
  const isAlike = before && before.R === R && before.tree === tree && before.supposed === supposed.key
    && !supposed.evidence.some(n => tree.touched.has(n));
  const strategies = bare();
  for (const [id, steps] of trees) {
    if (isAlike && ![...wanted.get(id)].some(n => tree.touched.has(n))) {
      strategies[id] = before.strategies[id];
      continue;
    }
    const chance = step => step.probability < 0 ? null : supposed.of(steps, step) ?? get(step.probability);
    const totalOf = step => get(step.total);
    const rolled = rollBack(steps, chance, totalOf, weights, R, tree.isEnumerated);
    // copies: the next move writes into the arrays of the run
    const totals = new Map(steps.filter(s => s.kind === "e")
      .map(({ total }) => [total, { k: get(total).k, a: get(total).a.slice() }]));
    const known = step => totals.get(step.total);
    const largest = steps.reduce((most, step, n) => step.kind === "e" && rolled.taken[n]
      ? known(step).a.reduce((more, x) => Math.max(more, Math.abs(x)), most) : most, 0);
    strategies[id] = { ...rolled, largest, profile: lazily(() => profileOf(rolled, known)), influences: lazily(() => drawInfluences(rolled, known, R)) };
  }
  return {
    moved, R, isExact: tree.isEnumerated, tree, supposed: supposed.key, strategies,
    scores: scoresOn(engine, runs.scores, program.criteria, program.performances, own.swings, own, supposed),
    screened: scoresOn(engine, runs.screened, program.screeningCriteria, program.screening, bare(), own, supposed),
  };
}

// Which inputs are moved and how, as texts that can be compared.
function movedInputs({ pinned, shifted }) {
  const found = bare();
  for (const [name, score] of Object.entries(shifted)) found[name] = `shifted ${score}`;
  for (const [name, value] of Object.entries(pinned)) found[name] = `pinned ${value}`;
  return found;
}

// The draws behind trees and scores: the same ones, or every state where all is discrete.
function runsOf(engine, moved, supposed) {
  const found = {}, inputs = movedInputs(moved);
  for (const kind of Object.keys(engine.outputs)) {
    const outputs = kind === "tree" && supposed.isAny ? outputsUnder(engine, supposed) : engine.outputs[kind];
    const open = openInputs(engine, [...outputs, ...supposed.evidence], moved);
    const isEnumerated = isSmall(engine, open);
    const key = isEnumerated ? kind : "drawn";
    let run = engine.runs[key];
    const isOld = run && (!isEnumerated
      || run.names.join() === open.join() && open.every(name => run.inputs[name] === inputs[name]));
    if (!isOld) run = engine.runs[key] = isEnumerated ? enumerated(engine, open, moved) : sampled();
    found[kind] = run;
  }
  engine.groups = groupsOf(engine.program, moved);
  const correlated = JSON.stringify(engine.groups);
  for (const run of new Set(Object.values(found))) {
    const names = [...new Set([...Object.keys(inputs), ...Object.keys(run.inputs)])].filter(name => inputs[name] !== run.inputs[name]);
    if (run.correlated !== correlated) names.push(...engine.program.ranks.flatMap(pair => pair.slice(0, 2)));
    run.touched = new Set();
    names.forEach(name => touch(engine, run, name));
    Object.assign(run, { inputs, correlated });
  }
  return found;
}

// What the trees need where some outcomes are certain.
const outputsUnder = ({ trees }, supposed) => [...trees.values()].flatMap(steps => steps.flatMap(step =>
  [step.probability >= 0 && !supposed.of(steps, step) ? step.probability : -1, step.total].filter(n => n >= 0)));

// The drawn inputs that some outputs need, correlated ones together, less what is pinned.
function openInputs({ operations, program }, outputs, moved) {
  const found = new Set(), seen = new Set(), waiting = [...outputs];
  while (waiting.length) {
    const n = waiting.pop();
    if (seen.has(n)) continue;
    seen.add(n);
    const { code, from, extra } = operations[n];
    if (code === "input" && extra[0] in program.drawn) found.add(extra[0]);
    waiting.push(...from);
  }
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const [one, other] of program.ranks) {
      if (found.has(one) || found.has(other)) found.add(one).add(other);
    }
  }
  return [...found].filter(name => isOpen(program, name, moved)).sort();
}

// Whether a quantity is drawn; a discrete one that is pinned still is, always in the same state.
const isOpen = ({ drawn }, name, { pinned }) =>
  name in drawn && (!(name in pinned) || drawn[name].kind === "discrete");

function isSmall({ program }, open) {
  const isJoined = program.ranks.some(([one, other]) => open.includes(one) && open.includes(other));
  if (isJoined || open.some(name => program.drawn[name].kind !== "discrete")) return false;
  return open.reduce((states, name) => states * program.drawn[name].values.length, 1) <= MOST_STATES;
}

const sampled = () => ({ isEnumerated: false, k: DRAWS, names: [],
  base: new Float64Array(DRAWS).fill(1), values: [], dirty: [], inputs: bare() });

function enumerated({ program }, names, moved) {
  const own = names.map(name => distributionOf(program, name, moved));
  const k = own.reduce((product, d) => product * d.values.length, 1);
  const weights = new Float64Array(k).fill(1), all = [];
  let repeat = k;
  own.forEach((d, n) => {
    repeat /= d.values.length;
    all[n] = Float64Array.from(weights, (_, i) => Math.floor(i / repeat) % d.values.length);
    all[n].forEach((state, i) => (weights[i] *= d.probabilities[state]));
  });
  const base = weights.filter(w => w > 0);
  const drawn = new Map(names.map((name, n) => [name, all[n].filter((_, i) => weights[i] > 0)]));
  return { isEnumerated: true, k: base.length, names, base, drawn, values: [], dirty: [], inputs: bare() };
}

function distributionOf(program, name, moved) {
  const d = program.drawn[name], score = moved.shifted[name];
  if (name in moved.pinned) {
    return { ...d, probabilities: d.values.map(value => +(value === moved.pinned[name])) };
  }
  if (!score) return d;
  return d.kind === "discrete" ? shiftedStates(d, score) : { kind: "shifted", distribution: d, score };
}

// Quantities that are correlated, directly or through others, with a factor of their correlation.
function groupsOf({ ranks, drawn }, moved) {
  const inside = ranks.filter(pair => pair.slice(0, 2).every(name => isOpen({ drawn }, name, moved)));
  const groups = [];
  for (const [one, other] of inside) {
    const joined = groups.filter(group => group.has(one) || group.has(other));
    joined.forEach(group => groups.splice(groups.indexOf(group), 1));
    groups.push(new Set([one, other, ...joined.flatMap(group => [...group])]));
  }
  return groups.map(group => {
    const names = [...group].sort();
    const matrix = names.map((_, i) => names.map((_, j) => +(i === j)));
    for (const [one, other, rank] of inside) {
      const i = names.indexOf(one), j = names.indexOf(other);
      if (i >= 0) matrix[i][j] = matrix[j][i] = 2 * Math.sin(Math.PI * rank / 6);
    }
    return { names, factor: cholesky(matrix) };
  });
}

function cholesky(matrix) {
  const factor = matrix.map(row => row.map(() => 0));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j];
      for (let n = 0; n < j; n++) rest -= factor[i][n] * factor[j][n];
      factor[i][j] = i === j ? Math.sqrt(rest) : rest / factor[j][j];
    }
  }
  return factor;
}

function drawnInput(engine, run, name, moved) {
  if (run.isEnumerated) return run.drawn.get(name);
  const d = distributionOf(engine.program, name, moved);
  const group = engine.groups.find(own => own.names.includes(name));
  if (!group) return sharesOf(engine, name).map(quantile(d));
  const scores = new Float64Array(run.k);
  group.factor[group.names.indexOf(name)].forEach((factor, j) => {
    if (!factor) return;
    const own = sharesOf(engine, group.names[j]);
    for (let i = 0; i < run.k; i++) scores[i] += factor * ndtri(own[i]);
  });
  return scores.map(scoreQuantile(d));
}

function sharesOf({ program, shares }, name) {
  if (!shares.has(name)) shares.set(name, points(name, program.seed, 0, DRAWS));
  return shares.get(name);
}

// The value of an operation; what is known and not dirty is not run again.
function valueOf(engine, run, n, moved) {
  const { operations } = engine, { values, dirty } = run;
  const waiting = [n];
  while (waiting.length) {
    const here = waiting[waiting.length - 1];
    if (values[here] && !dirty[here]) { waiting.pop(); continue; }
    const { code, from, extra } = operations[here];
    let isReady = true;
    for (const argument of from) {
      if (!values[argument] || dirty[argument]) { waiting.push(argument); isReady = false; }
    }
    if (!isReady) continue;
    values[here] = code === "constant" ? { t: extra.length, k: 1, a: Float64Array.from(extra) }
      : code === "input" ? inputOf(engine, run, extra[0], moved)
      : operate(code, from.map(i => values[i]), extra, engine.years, values[here]);
    dirty[here] = false;
    waiting.pop();
  }
  return values[n];
}

function inputOf(engine, run, name, moved) {
  const { constants } = engine.program;
  if (name in moved.pinned && !isOpen(engine.program, name, moved)) return single(moved.pinned[name]);
  if (name in constants) return single(constants[name]);
  return { t: 1, k: run.k, a: drawnInput(engine, run, name, moved) };
}

// Marks what an input enters as to be run again.
function touch({ users, inputs }, run, name) {
  const waiting = inputs.has(name) ? [inputs.get(name)] : [];
  while (waiting.length) {
    const n = waiting.pop();
    if (run.touched.has(n)) continue;
    run.touched.add(n);
    run.dirty[n] = true;
    waiting.push(...users[n]);
  }
}

// Outcomes that are supposed to come; one that is seen is evidence, by its probability.
function suppositions({ program, trees, nodes }, supposed) {
  const made = new Map(), evidence = [];
  for (const { node, branch, strategy } of supposed) {
    made.set(program.nodes[node].event, branch);
    const steps = trees.get(strategy) ?? [];
    const first = steps.find(step => step.probability >= 0 && nodes[steps[step.parent].node] === node
      && program.nodes[node].branches[step.position] === branch);
    if (first) evidence.push(first.probability);
  }
  const sure = single(1), never = single(0);
  return {
    key: JSON.stringify(supposed),
    isAny: made.size > 0,
    evidence,
    of(steps, step) {
      if (!made.size || step.parent < 0) return undefined;
      const { event, branches } = program.nodes[nodes[steps[step.parent].node]];
      if (!made.has(event)) return undefined;
      return branches[step.position] === made.get(event) ? sure : never;
    },
  };
}

const weightsUnder = (engine, run, moved, evidence) => evidence.reduce((weights, n) => {
  const p = valueOf(engine, run, n, moved);
  return weights.map((w, i) => w * p.a[p.k === 1 ? 0 : i]);
}, run.base);

function scoresOn(engine, run, criteria, rows, swings, moved, supposed) {
  const draws = weightsUnder(engine, run, moved, supposed.evidence);
  const weights = weightsOf(criteria, swings);
  const found = { weights, values: bare(), totals: bare() };
  const functions = leavesOf(criteria).map(c => [c.id, valueFunction(c)]);
  for (const [row, performances] of Object.entries(rows)) {
    found.values[row] = Object.fromEntries(functions.map(([id, value]) =>
      [id, meanValue(value, valueOf(engine, run, performances[id], moved), draws)]));
    found.totals[row] = functions.reduce((sum, [id]) => sum + weights[id] * found.values[row][id], 0);
  }
  return found;
}
