// The functions of the table that Math does not have, to the precision of a double.
// Numbers in brackets are formulas of Abramowitz & Stegun, Handbook of Mathematical Functions.

/**
 * The error function: (2 / sqrt(pi)) times the integral of exp(-t * t) from 0 to x.
 * @param {number} x
 * @returns {number}
 */
export function erf(x) {
  if (Math.abs(x) >= 0.5) return x < 0 ? erfc(-x) - 1 : 1 - erfc(x);
  // [7.1.6] exp(-x * x) * (x + 2 x^3 / 3 + 4 x^5 / 15 + ...): no term is of the other sign, so none cancels
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/**
 * The complement 1 - erf(x), exact to the last digits also where it is tiny.
 * @param {number} x
 * @returns {number}
 */
export function erfc(x) {
  if (x < -0.5) return 2 - erfc(-x); // [7.1.9]
  if (x < 0.5) return 1 - erf(x); // [7.1.2]
  if (x > 28) return 0; // below the smallest double
  // [7.1.14] a continued fraction, from the inside out; nearer 0 it needs more of its parts
  let fraction = x;
  for (let n = Math.ceil(20 + 190 / (x * x)); n > 0; n -= 1) fraction = x + n / 2 / fraction;
  return gaussian(x) / (Math.sqrt(Math.PI) * fraction);
}

/**
 * exp(-x * x). The rounding of x * x would be multiplied by x * x: square a part of x that has few digits instead.
 * @param {number} x
 * @returns {number}
 */
function gaussian(x) {
  const few = Math.round(x * 16) / 16;
  return Math.exp(-few * few) * Math.exp((few - x) * (few + x));
}
