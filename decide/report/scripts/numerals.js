// Numbers as the page writes them: decide/report/view/numerals.py in this language.

const MINUS = "\u2212", THIN = "\u202f", WIDE = "\u00a0", UNKNOWN = "\u2013";

function numeralsOf({ point, group, symbol, isFirst, units, scale }) {
  const decimal = (number, decimals) => {
    if (Number.isNaN(number)) return UNKNOWN;
    if (!Number.isFinite(number)) return (number < 0 ? MINUS : "") + "\u221e";
    const [whole, part] = Math.abs(number).toFixed(Math.min(decimals, 100)).split(".");
    const text = whole.replace(/\B(?=(\d{3})+$)/g, group) + (part ? point + part : "");
    return number < 0 && /[1-9]/.test(text) ? MINUS + text : text;
  };
  const exponent = (number, digits) => Number(number.toExponential(digits - 1).split("e")[1]);
  const number = (x, digits = 3) => {
    if (!Number.isFinite(x) || x === 0) return decimal(x, 0);
    const decimals = Math.max(0, digits - 1 - exponent(x, digits));
    const text = decimal(x, decimals);
    if (!decimals) return text;
    const short = text.replace(/0+$/, "");
    return short.endsWith(point) ? short.slice(0, -point.length) : short;
  };
  const withCurrency = (x, decimals, suffix) => {
    const text = decimal(x, decimals), tail = suffix ? WIDE + suffix : "";
    if (Number.isNaN(x) || !symbol) return Number.isNaN(x) ? text : text + tail;
    if (!isFirst) return text + tail + WIDE + symbol;
    return text.startsWith(MINUS) ? MINUS + symbol + text.slice(1) + tail : symbol + text + tail;
  };
  const money = (amount, digits = 3) => {
    const size = Math.abs(amount), [factor, suffix] = units.find(([f]) => size >= 0.9995 * f) ?? [1, ""];
    const scaled = amount / factor;
    const decimals = amount ? Math.max(0, digits - 1 - exponent(scaled, digits)) : 0;
    return withCurrency(scaled, decimals, suffix);
  };
  const worth = amount => withCurrency(amount / scale.factor, scale.decimals, scale.suffix);
  const percent = (share, digits = 3) => number(100 * share, digits) + THIN + "%";
  return {
    decimal, number, money, percent,
    worth,
    change: amount => (amount > 0 ? "+" : "") + worth(amount),
    scaled: amount => amount / scale.factor,
    unit: (isFirst ? [symbol, scale.suffix] : [scale.suffix, symbol]).filter(Boolean).join(WIDE),
    points: share => decimal(100 * share, 1),
    // what a bare number typed beside an amount is counted in
    countedIn(x, manner, unit) {
      if (manner === "percent") return [0.01, "%"];
      return manner === "money" ? units.find(([f]) => Math.abs(x) >= 0.9995 * f) ?? [1, symbol] : [1, unit];
    },
    amount(x, manner, unit) {
      if (manner === "percent") return percent(x);
      if (manner === "money") return money(x);
      return number(x) + (unit ? WIDE + unit : "");
    },
  };
}

// Fills the named places of a sentence.
const said = (sentence, pieces = {}) => sentence.replace(/\{(\w+)\}/g, (whole, name) => pieces[name] ?? whole);
