// The live pictures: worth beside the agreed one, score against money, risk profiles.

function niceTicks(low, high, count) {
  const span = high - low || 1, power = 10 ** Math.floor(Math.log10(span / count));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => span / n <= count) ?? 10 * power;
  const found = [];
  for (let x = Math.ceil(low / step) * step; x <= high + step * 1e-9; x += step) found.push(Math.abs(x) < step * 1e-9 ? 0 : x);
  return found;
}

const svg = (width, height, label, ...children) => element("svg:svg", {
  width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label,
}, ...children);

const path = (kind, d) => element("svg:path", { class: kind, d });

const svgText = (x, y, text, kind) => element("svg:text", { x, y, class: kind }, text);

// A bar from nothing to a worth, and a mark where it stood as agreed.
function worthBar(worth, agreed, low, high) {
  const width = 130, at = x => 4 + (width - 8) * (x - low) / (high - low || 1);
  const zero = at(0), end = at(worth);
  const bar = svg(width, 20, "", path("axis", `M${zero} 1V19`),
    element("svg:rect", { class: worth < 0 ? "down" : "up", x: Math.min(zero, end), y: 5, width: Math.max(Math.abs(end - zero), 1), height: 10 }),
    path("held", `M${at(agreed)} 2V18`));
  bar.setAttribute("class", "spark");
  bar.setAttribute("aria-hidden", "true");
  return bar;
}

function frame(xs, ys, size, across, up, writeX, writeY) {
  const { left, right, top, bottom } = size;
  return [
    element("svg:g", { class: "grid" },
      ...xs.map(x => path(x === 0 ? "zero" : "", `M${across(x)} ${top}V${bottom}`)),
      ...ys.map(y => path(y === 0 ? "zero" : "", `M${left} ${up(y)}H${right}`))),
    element("svg:g", { class: "ticks middle" }, ...xs.map(x => svgText(across(x), bottom + 16, writeX(x)))),
    element("svg:g", { class: "ticks end" }, ...ys.map(y => svgText(left - 6, up(y) + 4, writeY(y)))),
  ];
}

const badge = (x, y, shade, text) => element("svg:g", {},
  element("svg:circle", { class: `badge ${shade}`, cx: x, cy: y, r: 8 }),
  element("svg:text", { class: "badge-text", x, y: y + 4 }, text));

// Score across, money up; a line leads from where a strategy stood as agreed.
function planePicture(rows, numerals, words) {
  const size = { left: 40, right: 348, top: 12, bottom: 226 };
  const every = key => rows.flatMap(row => row[key]);
  const [low, high] = padded(every("worths").map(numerals.scaled)), [least, most] = padded(every("scores").map(s => 100 * s));
  const across = x => size.left + (size.right - size.left) * (x - least) / (most - least);
  const up = y => size.bottom - (size.bottom - size.top) * (y - low) / (high - low);
  const ys = niceTicks(low, high, 6);
  return element("figure", {}, svg(360, 266, words.plane,
    ...frame(niceTicks(least, most, 6), ys, size, across, up, x => numerals.number(x), y => numerals.number(y)),
    ...rows.flatMap(({ scores, worths, shade }) => {
      const [x, wasX] = scores.map(s => across(100 * s)), [y, wasY] = worths.map(w => up(numerals.scaled(w)));
      return Math.hypot(x - wasX, y - wasY) < 2 ? []
        : [path(`curve ${shade}`, `M${wasX} ${wasY}L${x} ${y}`), element("svg:circle", { class: "held", cx: wasX, cy: wasY, r: 5 })];
    }),
    ...rows.map(({ scores, worths, shade, number }) => badge(across(100 * scores[0]), up(numerals.scaled(worths[0])), shade, number)),
    element("svg:g", { class: "ticks middle" }, svgText((size.left + size.right) / 2, 260, words.score_axis)),
  ), element("figcaption", {}, `${words.plane}; ${said(words.money_axis, { unit: numerals.unit })}`));
}

function padded(values) {
  const low = Math.min(...values), high = Math.max(...values), more = (high - low) * 0.12 || Math.abs(high) || 1;
  return [low - more, high + more];
}

// The chance of ending at or below an amount, for each strategy.
function profilePicture(rows, numerals, words) {
  const size = { left: 46, right: 348, top: 12, bottom: 226 };
  const ends = rows.flatMap(({ profile }) => [0.01, 0.95].map(share => numerals.scaled(shareQuantile(profile, share))));
  const low = Math.min(0, ...ends), high = Math.max(0, ...ends) || 1;
  const across = x => size.left + (size.right - size.left) * (x - low) / (high - low);
  const up = y => size.bottom - (size.bottom - size.top) * y;
  return element("figure", {}, svg(360, 266, words.profiles,
    ...frame(niceTicks(low, high, 6), [0, 0.25, 0.5, 0.75, 1], size, across, up, x => numerals.number(x), y => numerals.percent(y)),
    ...rows.map(({ profile, shade }) => path(`curve ${shade}`, curve(profile, numerals, low, high, across, up))),
    ...rows.map(({ profile, shade, number }, i) => {
      const share = 0.2 + 0.6 * (i + 0.5) / rows.length;
      const x = Math.min(Math.max(numerals.scaled(shareQuantile(profile, share)), low), high);
      return badge(across(x), up(share), shade, number);
    }),
  ), element("figcaption", {}, `${words.profiles}; ${said(words.total_axis, { unit: numerals.unit })}`));
}

function curve({ totals, shares }, numerals, low, high, across, up) {
  const points = [`M${across(low).toFixed(1)} ${up(shareAt(totals, shares, low, numerals)).toFixed(1)}`];
  for (let i = 0, last = -1; i < totals.length; i++) {
    const x = numerals.scaled(totals[i]);
    if (x < low || x > high || shares[i] - last < 0.004 && i < totals.length - 1) continue;
    points.push(`H${across(x).toFixed(1)}V${up(shares[i]).toFixed(1)}`);
    last = shares[i];
  }
  return `${points.join("")}H${across(high).toFixed(1)}`;
}

function shareAt(totals, shares, low, numerals) {
  const below = countBelow(totals, low / (numerals.scaled(1)));
  return below ? shares[below - 1] : 0;
}
