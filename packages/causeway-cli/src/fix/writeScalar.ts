/** Plain text that is the same text in block and flow YAML. */
const plain = /^[A-Za-z$][\w./+-]*(?::[A-Za-z][\w./+-]*)*$/;

/** Plain text that is no text: YAML's constants, and those of older versions. */
const constants = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/**
 * A scalar in the style of the one that it replaces, as both JSON and YAML read
 * it; undefined where the old one is not written on one line or is an alias.
 */
export function writeScalar(
  written: string,
  value: string,
): string | undefined {
  if (/[\r\n]/.test(written) || written === '') {
    return undefined;
  }
  switch (written[0]) {
    case '"':
      return JSON.stringify(value);
    case "'":
      return `'${value.replace(/'/g, "''")}'`;
    case '|':
    case '>':
    case '*':
    case '[':
    case '{':
      return undefined;
    default:
      return plain.test(value) && !constants.test(value)
        ? value
        : JSON.stringify(value);
  }
}
