// The normal and the beta distribution, as the program's own mathematics has them: rational
// approximations after Moshier, Methods and Programs for Mathematical Functions (1989).

const polynomial = (x, c) => c.reduce((sum, a) => sum * x + a, 0);
const monic = (x, c) => c.reduce((sum, a) => sum * x + a, 1);

const ERF = [9.60497373987051638749, 90.0260197203842689217, 2232.00534594684319226,
  7003.32514112805075473, 55592.3013010394962768];
const ERF_BELOW = [33.5617141647503099647, 521.357949780152679795, 4594.32382970980127987,
  22629.0000613890934246, 49267.3942608635921086];
const NEAR = [2.46196981473530512524e-10, 0.564189564831068821977, 7.46321056442269912687,
  48.6371970985681366614, 196.520832956077098242, 526.445194995477358631, 934.528527171957607540,
  1027.55188689515710272, 557.535335369399327526];
const NEAR_BELOW = [13.2281951154744992508, 86.7072140885989742329, 354.937778887819891062,
  975.708501743205489753, 1823.90916687909736289, 2246.33760818710981792, 1656.66309194161350182,
  557.535340817727675546];
const FAR = [0.564189583547755073984, 1.27536670759978104416, 5.01905042251180477414,
  6.16021097993053585195, 7.40974269950448939160, 2.97886665372100240670];
const FAR_BELOW = [2.26052863220117276590, 9.39603524938001434673, 12.0489539808096656605,
  17.0814450747565897222, 9.60896809063285878198, 3.36907645100081516050];
const MIDDLE = [-59.9633501014107895267, 98.0010754185999661536, -56.6762857469070293439,
  13.9312609387279679503, -1.23916583867381258016];
const MIDDLE_BELOW = [1.95448858338141759834, 4.67627912898881538453, 86.3602421390890590575,
  -225.462687854119370527, 200.260212380060660359, -82.0372256168333339912,
  15.9056225126211695515, -1.18331621121330003142];
const TAIL = [4.05544892305962419923, 31.5251094599893866154, 57.1628192246421288162,
  44.0805073893200834700, 14.6849561928858024014, 2.18663306850790267539,
  -0.140256079171354495875, -0.0350424626827848203418, -0.000857456785154685413611];
const TAIL_BELOW = [15.7799883256466749731, 45.3907635128879210584, 41.3172038254672030440,
  15.0425385692907503408, 2.50464946208309415979, -0.142182922854787788574,
  -0.0380806407691578277194, -0.000933259480895457427372];
const END = [3.23774891776946035970, 6.91522889068984211695, 3.93881025292474443415,
  1.33303460815807542389, 0.201485389549179081538, 0.0123716634817820021358,
  3.01581553508235416007e-4, 2.65806974686737550832e-6, 6.23974539184983293730e-9];
const END_BELOW = [6.02427039364742014255, 3.67983563856160859403, 1.37702099489081330271,
  0.216236993594496635890, 0.0134204006088543189037, 3.28014464682127739104e-4,
  2.89247864745380683936e-6, 6.79019408009981274425e-9];

function erf(x) {
  if (Math.abs(x) > 1) return x < 0 ? erfc(-x) - 1 : 1 - erfc(x);
  return x * polynomial(x * x, ERF) / monic(x * x, ERF_BELOW);
}

function erfc(x) {
  if (x < 1) return 1 - erf(x);
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
  const isUpper = u > 1 - 0.13533528323661269189;
  let y = isUpper ? 1 - u : u;
  if (y > 0.13533528323661269189) {
    y -= 0.5;
    const square = y * y;
    const ratio = polynomial(square, MIDDLE) / monic(square, MIDDLE_BELOW);
    return (y + y * (square * ratio)) * 2.50662827463100050242;
  }
  const x = Math.sqrt(-2 * Math.log(y)), inverse = 1 / x;
  const near = x - Math.log(x) / x;
  const ratio = x < 8 ? polynomial(inverse, TAIL) / monic(inverse, TAIL_BELOW)
    : polynomial(inverse, END) / monic(inverse, END_BELOW);
  const z = near - inverse * ratio;
  return isUpper ? z : -z;
}

// Lanczos's approximation, to fifteen digits.
const LANCZOS = [0.99999999999980993227684700473478, 676.520368121885098567009190444019,
  -1259.13921672240287047156078755283, 771.3234287776530788486528258894,
  -176.61502916214059906584551354, 12.507343278686904814458936853,
  -0.13857109526572011689554707, 9.984369578019570859563e-6, 1.50563273514931155834e-7];
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
