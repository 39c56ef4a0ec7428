/**
 * The natural logarithm of 2 in two parts. The high one has 42 bits, so that its product with a power's exponent
 * (11 bits) is exact; the low one is the rest, rounded once. Together 96 bits.
 */
export const LN_2_HIGH = 3_048_493_539_143 / 4_398_046_511_104;
export const LN_2_LOW = 5.497923018708371e-14;
