// The normal and the beta distribution, as the program's own mathematics has them: rational
// approximations after Moshier, Methods and Programs for Mathematical Functions (1989).

const polynomial = (x, c) => c.reduce((sum, a) => sum * x + a, 0);
const monic = (x, c) => c.reduce((sum, a) => sum * x + a, 1);

const ERF = [9.604973739870516, 90.02601972038427, 2232.005345946843,
  7003.325141128051, 55592.30130103949];
const ERF_BELOW = [33.56171416475031, 521.3579497801527, 4594.323829709801,
  22629.000061389095, 49267.39426086359];
const NEAR = [2.461969814735305e-10, 0.5641895648310689, 7.463210564422699,
  48.63719709856814, 196.5208329560771, 526.4451949954773, 934.5285271719576,
  1027.5518868951572, 557.5353353693994];
const NEAR_BELOW = [13.228195115474499, 86.70721408859897, 354.9377788878199,
  975.7085017432055, 1823.9091668790973, 2246.3376081871097, 1656.6630919416134,
  557.5353408177277];
const FAR = [0.5641895835477551, 1.275366707599781, 5.019050422511805,
  6.160210979930536, 7.4097426995044895, 2.9788666537210022];
const FAR_BELOW = [2.2605286322011726, 9.396035249380015, 12.048953980809666,
  17.08144507475659, 9.608968090632859, 3.369076451000815];
const MIDDLE = [-59.96335010141079, 98.00107541859997, -56.67628574690703,
  13.931260938727968, -1.2391658386738125];
const MIDDLE_BELOW = [1.9544885833814176, 4.676279128988815, 86.36024213908905,
  -225.46268785411937, 200.26021238006066, -82.03722561683334,
  15.90562251262117, -1.1833162112133];
const TAIL = [4.0554489230596245, 31.525109459989388, 57.16281922464213,
  44.08050738932008, 14.684956192885803, 2.1866330685079025,
  -0.1402560791713545, -0.03504246268278482, -0.0008574567851546854];
const TAIL_BELOW = [15.779988325646675, 45.39076351288792, 41.3172038254672,
  15.04253856929075, 2.504649462083094, -0.14218292285478779,
  -0.03808064076915783, -0.0009332594808954574];
const END = [3.2377489177694603, 6.915228890689842, 3.9388102529247444,
  1.3330346081580755, 0.20148538954917908, 0.012371663481782003,
  0.00030158155350823543, 2.6580697468673755e-06, 6.239745391849833e-09];
const END_BELOW = [6.02427039364742, 3.6798356385616087, 1.3770209948908132,
  0.21623699359449663, 0.013420400608854318, 0.00032801446468212774,
  2.8924786474538068e-06, 6.790194080099813e-09];

function erf(x) {
  if (Math.abs(x) > 1) return x < 0 ? erfc(-x) - 1 : 1 - erfc(x);
  return x * polynomial(x * x, ERF) / monic(x * x, ERF_BELOW);
}

function erfc(x) {
  if (x < 1) return 1 - erf(x);
  if (x === Infinity) return 0;
  const ratio = x < 8 ? polynomial(x, NEAR) / monic(x, NEAR_BELOW)
    : polynomial(x, FAR) / monic(x, FAR_BELOW);
  return Math.exp(-x * x) * ratio;
}

// The share of a standard normal that lies below x.
function ndtr(x) {
  const y = x * Math.SQRT1_2, z = Math.abs(y);
  if (z < 1) return 0.5 + 0.5 * erf(y);
  const beyond = 0.5 * erfc(z);
  return y > 0 ? 1 - beyond : beyond;
}

// Where a share u of a standard normal lies below.
function ndtri(u) {
  if (u <= 0) return -Infinity;
  if (u >= 1) return Infinity;
  const isUpper = u > 1 - 0.1353352832366127;
  let y = isUpper ? 1 - u : u;
  if (y > 0.1353352832366127) {
    y -= 0.5;
    const square = y * y;
    const ratio = polynomial(square, MIDDLE) / monic(square, MIDDLE_BELOW);
    return (y + y * (square * ratio)) * 2.5066282746310007;
  }
  const x = Math.sqrt(-2 * Math.log(y)), inverse = 1 / x;
  const near = x - Math.log(x) / x;
  const ratio = x < 8 ? polynomial(inverse, TAIL) / monic(inverse, TAIL_BELOW)
    : polynomial(inverse, END) / monic(inverse, END_BELOW);
  const z = near - inverse * ratio;
  return isUpper ? z : -z;
}

// Lanczos's approximation, to fifteen digits.
const LANCZOS = [0.9999999999998099, 676.5203681218851,
  -1259.1392167224028, 771.3234287776531,
  -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-06, 1.5056327351493116e-07];
function logGamma(x) {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const t = x + 6.5;
  let sum = LANCZOS[0];
  for (let i = 1; i < 9; i++) sum += LANCZOS[i] / (x - 1 + i);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

// The share of a beta distribution below x, by its continued fraction (Lentz's method).
function betaShare(a, b, x, logBeta) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaShare(b, a, 1 - x, logBeta);
  let c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), fraction = d;
  for (let m = 1; m < 500; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) * fraction / a;
}

// Where a share u of a beta distribution lies below: Newton's steps, halved when they leave.
function betaQuantile(a, b, u) {
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  let low = 0, high = 1, x = a / (a + b);
  for (let step = 0; step < 200; step++) {
    const away = betaShare(a, b, x, logBeta) - u;
    if (away > 0) high = x; else low = x;
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta);
    let next = x - away / density;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - x) <= 1e-16 * x || next === x) return next;
    x = next;
  }
  return x;
}
