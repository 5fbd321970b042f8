import { badRequest } from '../objects/StatusError';

/** Whether labels satisfy a selector. */
export type LabelMatcher = (labels: Record<string, string>) => boolean;

type Token = { type: string; text: string };

const symbols = ['==', '!=', '=', '!', '(', ')', ',', '>', '<'];

function symbolAtStart(text: string): string | undefined {
  return symbols.find(symbol => text.startsWith(symbol));
}

function tokens(text: string): Token[] {
  const result: Token[] = [];
  let rest = text.trimStart();
  while (rest) {
    const symbol = symbolAtStart(rest);
    const word = symbol ?? (/^[^=!(),<>\s]+/.exec(rest)?.[0] as string);
    const isOperator = word === 'in' || word === 'notin';
    result.push({ type: symbol || isOperator ? word : 'word', text: word });
    rest = rest.slice(word.length).trimStart();
  }
  result.push({ type: 'end', text: '' });
  return result;
}

function found(token: Token, expected: string) {
  return badRequest(`found '${token.text}', expected: ${expected}`);
}

function unparsable(token: Token, expected: string) {
  return badRequest(
    `unable to parse requirement: found '${token.text}', expected: ${expected}`,
  );
}

/**
 * Parses a label selector, equality and set based.
 *
 * @throws StatusError 400 in the words of the API server
 */
export function parseLabelSelector(text: string): LabelMatcher {
  const queue = tokens(text);
  const peek = () => queue[0];
  const take = () => (queue.length > 1 ? queue.shift()! : queue[0]);

  function values(): Set<string> {
    const open = take();
    if (open.type !== '(') throw unparsable(open, "'('");
    const result = new Set<string>();
    for (;;) {
      const value = take();
      if (value.type === ')' || value.type === ',') {
        result.add('');
        if (value.type === ')') return result;
        continue;
      }
      if (value.type === 'end')
        throw unparsable(value, "',', ')' or identifier");
      result.add(value.text);
      const next = take();
      if (next.type === ')') return result;
      if (next.type !== ',') throw unparsable(next, "',' or ')'");
    }
  }

  function operand(): string {
    return ['word', 'in', 'notin'].includes(peek().type) ? take().text : '';
  }

  function requirement(): LabelMatcher {
    if (peek().type === '!') {
      take();
      const key = take();
      if (key.type !== 'word') throw unparsable(key, 'identifier');
      return labels => !(key.text in labels);
    }
    const key = take().text;
    const operator = peek();
    switch (operator.type) {
      case ',':
      case 'end':
        return labels => key in labels;
      case '=':
      case '==': {
        take();
        const wanted = operand();
        return labels => labels[key] === wanted;
      }
      case '!=': {
        take();
        const unwanted = operand();
        return labels => labels[key] !== unwanted;
      }
      case 'in': {
        take();
        const wanted = values();
        return labels => key in labels && wanted.has(labels[key]);
      }
      case 'notin': {
        take();
        const unwanted = values();
        return labels => !(key in labels && unwanted.has(labels[key]));
      }
      case '>':
      case '<': {
        take();
        const bound = Number(operand());
        return labels =>
          key in labels &&
          (operator.type === '>'
            ? Number(labels[key]) > bound
            : Number(labels[key]) < bound);
      }
      default:
        throw unparsable(operator, 'in, notin, =, ==, !=, gt, lt');
    }
  }

  const matchers: LabelMatcher[] = [];
  for (;;) {
    const start = peek();
    if (start.type === 'end') break;
    if (start.type !== 'word' && start.type !== '!') {
      throw found(start, "!, identifier, or 'end of string'");
    }
    matchers.push(requirement());
    const next = take();
    if (next.type === 'end') break;
    if (next.type !== ',') throw found(next, "',' or 'end of string'");
    if (peek().type !== 'word' && peek().type !== '!') {
      throw found(peek(), "identifier after ','");
    }
  }
  return labels => matchers.every(matches => matches(labels));
}
