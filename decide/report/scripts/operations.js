// The program's operations on arrays of years times draws: { t, k, a }, year after year; an axis
// along which nothing varies has length 1.

const single = value => ({ t: 1, k: 1, a: Float64Array.of(value) });

function emptyFor(x, y, known) {
  const t = Math.max(x.t, y.t), k = Math.max(x.k, y.k);
  return known && known.t === t && known.k === k ? known : { t, k, a: new Float64Array(t * k) };
}

// One loop for each operation that is common, lest the engine call a function for each number.
const COMMON = {
  add(o, x, i, si, y, j, sj, n, end) { for (; n < end; n++, i += si, j += sj) o[n] = x[i] + y[j]; },
  subtract(o, x, i, si, y, j, sj, n, end) { for (; n < end; n++, i += si, j += sj) o[n] = x[i] - y[j]; },
  multiply(o, x, i, si, y, j, sj, n, end) { for (; n < end; n++, i += si, j += sj) o[n] = x[i] * y[j]; },
  divide(o, x, i, si, y, j, sj, n, end) { for (; n < end; n++, i += si, j += sj) o[n] = x[i] / y[j]; },
  minimum(o, x, i, si, y, j, sj, n, end) {
    for (; n < end; n++, i += si, j += sj) o[n] = x[i] <= y[j] || x[i] !== x[i] ? x[i] : y[j];
  },
  maximum(o, x, i, si, y, j, sj, n, end) {
    for (; n < end; n++, i += si, j += sj) o[n] = x[i] >= y[j] || x[i] !== x[i] ? x[i] : y[j];
  },
};

function rowWise(loop, x, y, known) {
  const out = emptyFor(x, y, known), { t, k, a } = out;
  if (x.t === t && y.t === t && (x.k === k || t === 1) && (y.k === k || t === 1)) {
    loop(a, x.a, 0, x.k === k ? 1 : 0, y.a, 0, y.k === k ? 1 : 0, 0, t * k);
    return out;
  }
  for (let year = 0; year < t; year++) {
    loop(a, x.a, x.t > 1 ? year * x.k : 0, x.k > 1 ? 1 : 0,
      y.a, y.t > 1 ? year * y.k : 0, y.k > 1 ? 1 : 0, year * k, year * k + k);
  }
  return out;
}

const BINARY = {
  power: Math.pow,
  less: (x, y) => +(x < y),
  less_equal: (x, y) => +(x <= y),
  greater: (x, y) => +(x > y),
  greater_equal: (x, y) => +(x >= y),
  equal: (x, y) => +(x === y),
  not_equal: (x, y) => +(x !== y),
};

const UNARY = { negate: x => -x, abs: Math.abs, exp: Math.exp, log: Math.log, sqrt: Math.sqrt };

const at = (x, year, draw) => x.a[(x.t > 1 ? year * x.k : 0) + (x.k > 1 ? draw : 0)];

// An array in which each number is a function of its year and draw.
function filled(t, k, number) {
  const a = new Float64Array(t * k);
  for (let year = 0, n = 0; year < t; year++) {
    for (let draw = 0; draw < k; draw++) a[n++] = number(year, draw);
  }
  return { t, k, a };
}

const most = (arrays, axis) => Math.max(...arrays.map(x => x[axis]));

const OTHERS = {
  if: ([condition, x, y]) => filled(most([condition, x, y], "t"), most([condition, x, y], "k"),
    (year, draw) => at(at(condition, year, draw) !== 0 ? x : y, year, draw)),
  take: ([states], values) => filled(states.t, states.k, (year, draw) => values[at(states, year, draw)]),
  select: ([states, ...byState]) => filled(most([states, ...byState], "t"),
    most([states, ...byState], "k"), (year, draw) => {
      const own = byState[at(states, year, draw)] ?? byState[byState.length - 1];
      return at(own, year, draw);
    }),
  interpolate([x], pairs) {
    const xs = pairs.filter((_, i) => i % 2 === 0), ys = pairs.filter((_, i) => i % 2 === 1);
    return filled(x.t, x.k, (year, draw) => interpolated(at(x, year, draw), xs, ys));
  },
  between: ([x], [low, high]) => filled(x.t, x.k, (year, draw) => {
    const number = at(x, year, draw);
    return +(number >= low && number < high);
  }),
  at_year: ([x], [year]) => x.t > 1
    ? { t: 1, k: x.k, a: x.a.subarray(year * x.k, (year + 1) * x.k) } : x,
  change: ([x], _, years) => filled(years, x.k,
    (year, draw) => at(x, year, draw) - (year ? at(x, year - 1, draw) : 0)),
  lag: ([x], [by], years) => filled(years, x.k,
    (year, draw) => year < by ? 0 : at(x, year - by, draw)),
  cumulative([x], _, years) {
    const out = filled(years, x.k, (year, draw) => at(x, year, draw));
    for (let n = x.k; n < out.a.length; n++) out.a[n] += out.a[n - x.k];
    return out;
  },
  from_year([before, after], [first], years) {
    const k = most([before, after], "k"), out = { t: years, k, a: new Float64Array(years * k) };
    for (let year = 0; year < years; year++) {
      const x = year < first ? before : after, from = x.t > 1 ? year * x.k : 0;
      if (x.k === k) out.a.set(x.a.subarray(from, from + k), year * k);
      else out.a.fill(x.a[from], year * k, year * k + k);
    }
    return out;
  },
  present_value([x, factors], _, years) {
    const k = most([x, factors], "k"), out = new Float64Array(k);
    for (let year = 0; year < years; year++) {
      const from = x.t > 1 ? year * x.k : 0;
      if (factors.k === 1) {
        const factor = at(factors, year, 0);
        if (factor === 0) continue;
        if (x.k === k) for (let draw = 0; draw < k; draw++) out[draw] += factor * x.a[from + draw];
        else for (let draw = 0; draw < k; draw++) out[draw] += factor * x.a[from];
      } else {
        for (let draw = 0; draw < k; draw++) {
          const factor = at(factors, year, draw);
          if (factor !== 0) out[draw] += factor * at(x, year, draw);
        }
      }
    }
    return { t: 1, k, a: out };
  },
};

function operate(code, args, extra, years, known) {
  if (COMMON[code]) return rowWise(COMMON[code], args[0], args[1], known);
  if (code === "sum") return args.slice(1).reduce((sum, x) => rowWise(COMMON.add, sum, x), args[0]);
  if (BINARY[code]) {
    const [x, y] = args, apply = BINARY[code];
    return filled(most(args, "t"), most(args, "k"), (year, draw) => apply(at(x, year, draw), at(y, year, draw)));
  }
  if (UNARY[code]) return { t: args[0].t, k: args[0].k, a: args[0].a.map(UNARY[code]) };
  return OTHERS[code](args, extra, years);
}
