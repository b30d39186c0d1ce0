// The program at work: draws made once, and after a move only what it touches.

const DRAWS = 1024, STATES = 4096;

function engineOf(program) {
  const years = program.years.length;
  const operations = program.operations.map(([code, count, ...rest], n) => ({
    code,
    from: rest.slice(0, count).map(back => n - back),
    extra: rest.slice(count).map(x => typeof x === "string" && code !== "input" ? Number(x) : x),
  }));
  const inputs = new Map();
  operations.forEach(({ code, extra }, n) => code === "input" && inputs.set(extra[0], n));
  const users = operations.map(() => []);
  operations.forEach(({ from }, n) => from.forEach(argument => users[argument].push(n)));
  const trees = new Map(Object.entries(program.strategies).map(([id, rows]) => [id, treeOf(rows)]));
  const wanted = new Map([...trees].map(([id, steps]) =>
    [id, new Set(steps.flatMap(s => [s.probability, s.total]).filter(n => n >= 0))]));
  const nodes = Object.keys(program.nodes);
  const engine = { program, years, operations, inputs, users, trees, wanted, nodes };
  engine.tree = runOf(engine, [...wanted.values()].flatMap(own => [...own]), program.enumerated);
  engine.score = program.enumerated ? runOf(engine, [], false) : engine.tree;
  return engine;
}

// Values on one set of draws: quasi-random ones, or every state.
function runOf(engine, outputs, isEnumerated) {
  const { program, operations } = engine;
  if (!isEnumerated) {
    return { isEnumerated, k: DRAWS, base: new Float64Array(DRAWS).fill(1), values: [], dirty: [],
      shares: new Map(), drawn: new Map() };
  }
  const needed = ancestorsOf(operations, outputs);
  const names = Object.keys(program.drawn).filter(name => needed.has(engine.inputs.get(name)));
  return { isEnumerated, k: 0, names, base: null, values: [], dirty: [], drawn: new Map() };
}

function ancestorsOf(operations, outputs) {
  const found = new Set(), waiting = [...outputs];
  while (waiting.length) {
    const n = waiting.pop();
    if (found.has(n)) continue;
    found.add(n);
    waiting.push(...operations[n].from);
  }
  return found;
}

const distributionOf = (engine, name, moved) => {
  const d = engine.program.drawn[name], score = moved.shifted[name];
  if (!score) return d;
  return d.kind === "discrete" ? shiftedStates(d, score)
    : { kind: "shifted", distribution: d, score };
};

// Goes through every state with its probability, or leaves out what is pinned.
function enumerate(engine, run, moved) {
  const open = run.names.filter(name => !(name in moved.pinned))
    .map(name => [name, distributionOf(engine, name, moved)]);
  const size = open.reduce((product, [, d]) => product * d.values.length, 1);
  const weights = new Float64Array(size).fill(1);
  let repeat = size;
  run.drawn.clear();
  for (const [name, d] of open) {
    const count = d.values.length;
    repeat /= count;
    const states = Float64Array.from(weights, (_, i) => Math.floor(i / repeat) % count);
    states.forEach((state, i) => (weights[i] *= d.probabilities[state]));
    run.drawn.set(name, states);
  }
  run.k = size;
  run.base = weights;
}

// Draws one quantity, a correlated one with those that it is correlated with.
function drawnInput(engine, run, name, moved) {
  const { program } = engine;
  if (run.isEnumerated) return run.drawn.get(name);
  const d = distributionOf(engine, name, moved);
  const group = program.groups.find(own => own.names.includes(name));
  if (!group) {
    const found = quantile(d);
    return sharesOf(engine, run, name).map(u => found(u));
  }
  const found = scoreQuantile(d), row = group.factor[group.names.indexOf(name)];
  const scores = new Float64Array(run.k);
  row.forEach((factor, j) => {
    if (!factor) return;
    const own = sharesOf(engine, run, group.names[j]);
    for (let i = 0; i < run.k; i++) scores[i] += factor * ndtri(own[i]);
  });
  return scores.map(z => found(z));
}

function sharesOf({ program }, run, name) {
  if (!run.shares.has(name)) run.shares.set(name, points(name, program.seed, 0, run.k));
  return run.shares.get(name);
}

// The value of an operation; what is known and not dirty is not run again.
function valueOf(engine, run, n, moved) {
  const { operations } = engine;
  const waiting = [n];
  while (waiting.length) {
    const here = waiting[waiting.length - 1];
    if (run.values[here] && !run.dirty[here]) { waiting.pop(); continue; }
    const { code, from, extra } = operations[here];
    let isReady = true;
    for (const argument of from) {
      if (!run.values[argument] || run.dirty[argument]) { waiting.push(argument); isReady = false; }
    }
    if (!isReady) continue;
    run.values[here] = code === "constant" ? constantOf(extra)
      : code === "input" ? inputOf(engine, run, extra[0], moved)
      : operate(code, from.map(i => run.values[i]), extra, engine.years, run.values[here]);
    run.dirty[here] = false;
    waiting.pop();
  }
  return run.values[n];
}

const constantOf = extra => ({ t: extra.length, k: 1, a: Float64Array.from(extra) });

function inputOf(engine, run, name, moved) {
  const { drawn, constants } = engine.program;
  if (name in moved.pinned) {
    const d = drawn[name];
    return single(d && d.kind === "discrete" ? nearestState(d, moved.pinned[name]) : moved.pinned[name]);
  }
  if (name in constants) return single(constants[name]);
  return { t: 1, k: run.k, a: drawnInput(engine, run, name, moved) };
}

const nearestState = (d, value) => d.values.reduce(
  (best, own, i) => Math.abs(own - value) < Math.abs(d.values[best] - value) ? i : best, 0);

// Marks what an input enters as to be run again; returns what that is.
function touch({ users, inputs }, run, name) {
  const waiting = inputs.has(name) ? [inputs.get(name)] : [];
  const found = new Set(waiting);
  while (waiting.length) {
    for (const user of users[waiting.pop()]) {
      if (!found.has(user)) { found.add(user); waiting.push(user); }
    }
  }
  found.forEach(n => (run.dirty[n] = true));
  return found;
}

const NOTHING_MOVED = Object.freeze({ pinned: {}, shifted: {}, swings: {}, supposed: [] });

// Evaluates a what-if, given the evaluation before it, of which what did not move is kept.
function evaluate(engine, moved, before) {
  const { program, tree, score } = engine;
  const inputs = movedInputs(moved), was = before ? movedInputs(before.moved) : {};
  const names = Object.keys({ ...inputs, ...was }).filter(name => inputs[name] !== was[name]);
  const isNewRun = !before;
  const touched = new Set();
  for (const run of new Set([tree, score])) {
    if (run.isEnumerated && (isNewRun || names.some(name => run.names.includes(name)))) {
      enumerate(engine, run, pinnedWithHorizon(moved));
      run.values = [];
    }
    for (const name of names) touch(engine, run, name).forEach(n => touched.add(n));
  }
  const own = pinnedWithHorizon(moved);
  const get = n => valueOf(engine, tree, n, own);
  const R = moved.riskTolerance === undefined ? program.riskTolerance : finiteOr(moved.riskTolerance);
  const supposed = supposedChances(engine, moved.supposed, get);
  const isSame = before && R === before.R && !tree.isEnumerated
    && JSON.stringify(moved.supposed) === JSON.stringify(before.moved.supposed)
    && !supposed.evidence.some(n => touched.has(n));
  const strategies = {};
  for (const [id, steps] of engine.trees) {
    const isKept = isSame && ![...engine.wanted.get(id)].some(n => touched.has(n));
    if (isKept) { strategies[id] = before.strategies[id]; continue; }
    const chance = step => step.probability < 0 ? null
      : supposed.of(steps, step) ?? get(step.probability);
    const totalOf = step => get(step.total);
    const rolled = rollBack(steps, chance, totalOf, supposed.weights, R, tree.isEnumerated);
    strategies[id] = { ...rolled, profile: lazily(() => profileOf(rolled, totalOf)) };
  }
  return { moved, R, strategies, ...scoresOf(engine, moved, own, supposed) };
}

const finiteOr = R => R === null || !Number.isFinite(R) ? null : R;

function lazily(make) {
  let found;
  return () => (found ??= make());
}

// Which inputs are moved and how, as texts that can be compared.
function movedInputs({ pinned, shifted, horizon }) {
  const found = {};
  for (const [name, score] of Object.entries(shifted)) found[name] = `shifted ${score}`;
  for (const [name, value] of Object.entries(pinned)) found[name] = `pinned ${value}`;
  if (horizon !== undefined) found["decision.horizon"] = `pinned ${horizon}`;
  return found;
}

const pinnedWithHorizon = moved => moved.horizon === undefined ? moved
  : { ...moved, pinned: { ...moved.pinned, "decision.horizon": moved.horizon } };

// Outcomes that are supposed to come, and the weights of the draws given those that are seen.
function supposedChances({ program, trees, nodes, tree }, supposed, get) {
  const made = new Map(), evidence = [];
  let weights = tree.base;
  const branchOf = (node, position) => program.nodes[nodes[node]].branches[position];
  for (const { node, branch, strategy } of supposed) {
    made.set(program.nodes[node].event, branch);
    const steps = strategy ? trees.get(strategy) ?? [] : [];
    const first = steps.find(step => step.probability >= 0
      && nodes[steps[step.parent].node] === node && branchOf(steps[step.parent].node, step.position) === branch);
    if (!first) continue;
    evidence.push(first.probability);
    const p = get(first.probability);
    weights = weights.map((w, i) => w * p.a[p.k === 1 ? 0 : i]);
  }
  const sure = single(1), never = single(0);
  return {
    weights,
    evidence,
    of(steps, step) {
      if (!made.size || step.parent < 0 || steps[step.parent].kind === "d") return undefined;
      const parent = steps[step.parent].node, branch = made.get(program.nodes[nodes[parent]].event);
      if (branch === undefined) return undefined;
      return branchOf(parent, step.position) === branch ? sure : never;
    },
  };
}

function scoresOf(engine, moved, own, supposed) {
  const { program, score, tree } = engine;
  const weights = score === tree ? supposed.weights : score.base;
  const found = {};
  for (const [kind, criteria, rows] of [["scores", program.criteria, program.performances],
    ["screened", program.screeningCriteria, program.screening]]) {
    const shares = weightsOf(criteria, kind === "scores" ? moved.swings : {});
    const values = leavesOf(criteria).map(c => [c.id, valueFunction(c)]);
    found[kind] = { weights: shares, totals: {}, values: {} };
    for (const [row, performances] of Object.entries(rows)) {
      const mine = found[kind].values[row] = {};
      let total = 0;
      for (const [criterion, value] of values) {
        mine[criterion] = meanValue(value, valueOf(engine, score, performances[criterion], own), weights);
        total += shares[criterion] * mine[criterion];
      }
      found[kind].totals[row] = total;
    }
  }
  return found;
}
