import { describeType, isList, type CelType } from './types';

/** The type that a call gives, or what is wrong with it. */
export type Signature = (
  args: CelType[],
) => CelType | { wrong: string; hint?: string };

const isNumber = (type: CelType) => type === 'double' || type === 'int';
const isAny = (type: CelType) => type === 'dyn';
const couldBe = (type: CelType, wanted: CelType) =>
  isAny(type) || type === wanted;

/** Whether two values can be held against each other. */
function comparable(a: CelType, b: CelType): boolean {
  if (isAny(a) || isAny(b) || (isNumber(a) && isNumber(b))) {
    return true;
  }
  if (isList(a) && isList(b)) {
    return comparable(a.list, b.list);
  }
  return typeof a === 'string' && a === b;
}

const equality: Signature = ([a, b]) =>
  comparable(a, b)
    ? 'bool'
    : {
        wrong: `${describeType(a)} is never equal to ${describeType(b)}`,
      };

const ordered = new Set<CelType>(['string', 'timestamp', 'duration']);

const order: Signature = ([a, b]) =>
  isAny(a) ||
  isAny(b) ||
  (isNumber(a) && isNumber(b)) ||
  (a === b && ordered.has(a))
    ? 'bool'
    : { wrong: `${describeType(a)} and ${describeType(b)} have no order` };

const arithmetic =
  (also: (a: CelType, b: CelType) => CelType | undefined): Signature =>
  ([a, b]) => {
    const special = also(a, b);
    if (special) {
      return special;
    }
    if (isAny(a) || isAny(b)) {
      return isAny(a) ? b : a;
    }
    if (isNumber(a) && isNumber(b)) {
      return a === b
        ? a
        : {
            wrong: 'A number is not reckoned with a whole number',
            hint: 'Write the number with a point: 2.0 rather than 2.',
          };
    }
    return {
      wrong: `${describeType(a)} and ${describeType(b)} cannot be reckoned with`,
    };
  };

const plus = arithmetic((a, b) => {
  if (a === 'string' && b === 'string') {
    return 'string';
  }
  if (isList(a) && isList(b)) {
    return isAny(a.list) ? b : a;
  }
  if (a === 'duration' && (b === 'duration' || b === 'timestamp')) {
    return b;
  }
  return a === 'timestamp' && b === 'duration' ? 'timestamp' : undefined;
});

const minus = arithmetic((a, b) => {
  if (a === 'timestamp' && b === 'timestamp') {
    return 'duration';
  }
  return (a === 'timestamp' || a === 'duration') && b === 'duration'
    ? a
    : undefined;
});

const reckon = arithmetic(() => undefined);

const logic: Signature = args => {
  const wrong = args.find(arg => !couldBe(arg, 'bool'));
  return wrong
    ? { wrong: `${describeType(wrong)} stands where true or false is needed` }
    : 'bool';
};

const conditional: Signature = ([condition, a, b]) => {
  if (!couldBe(condition, 'bool')) {
    return {
      wrong: `${describeType(condition)} stands where true or false is needed`,
    };
  }
  return comparable(a, b)
    ? a
    : {
        wrong: `One branch gives ${describeType(a)}, the other ${describeType(b)}`,
      };
};

const within: Signature = ([item, list]) => {
  if (isAny(list)) {
    return 'bool';
  }
  if (!isList(list)) {
    return {
      wrong: `in looks into lists, not into ${describeType(list)}`,
      hint: 'Whether a field is there, has(...) tells.',
    };
  }
  return comparable(item, list.list)
    ? 'bool'
    : {
        wrong: `${describeType(item)} is never in ${describeType(list)}`,
      };
};

/** A function or method whose arguments have these types. */
const takes =
  (types: CelType[], result: CelType): Signature =>
  args =>
    args.length === types.length &&
    args.every((arg, at) => couldBe(arg, types[at]))
      ? result
      : {
          wrong: `It takes ${types.map(describeType).join(' and ') || 'nothing'}`,
        };

const size: Signature = args =>
  args.length === 1 && (couldBe(args[0], 'string') || isList(args[0]))
    ? 'int'
    : { wrong: 'size takes a list or a text' };

const partOfTime: Signature = args =>
  args.length <= 2 &&
  couldBe(args[0], 'timestamp') &&
  (args.length === 1 || couldBe(args[1], 'string'))
    ? 'int'
    : { wrong: 'It takes a time, and perhaps the name of a time zone' };

const cast =
  (from: CelType[], to: CelType): Signature =>
  args =>
    args.length === 1 && from.some(type => couldBe(args[0], type))
      ? to
      : { wrong: `It takes ${from.map(describeType).join(' or ')}` };

/** Every function of policy expressions; methods take what they are called on first. */
export const functions: Readonly<Record<string, Signature>> = {
  '_&&_': logic,
  '_||_': logic,
  '!_': logic,
  '@not_strictly_false': logic,
  '_?_:_': conditional,
  '_==_': equality,
  '_!=_': equality,
  '_<_': order,
  '_<=_': order,
  '_>_': order,
  '_>=_': order,
  '_+_': plus,
  '_-_': minus,
  '_*_': reckon,
  '_/_': reckon,
  '_%_': reckon,
  '-_': ([a]) =>
    isNumber(a) || isAny(a) ? a : { wrong: `${describeType(a)} has no sign` },
  '@in': within,
  size,
  contains: takes(['string', 'string'], 'bool'),
  startsWith: takes(['string', 'string'], 'bool'),
  endsWith: takes(['string', 'string'], 'bool'),
  matches: takes(['string', 'string'], 'bool'),
  getFullYear: partOfTime,
  getMonth: partOfTime,
  getDate: partOfTime,
  getDayOfMonth: partOfTime,
  getDayOfWeek: partOfTime,
  getDayOfYear: partOfTime,
  getHours: partOfTime,
  getMinutes: partOfTime,
  getSeconds: partOfTime,
  int: cast(['int', 'double', 'string'], 'int'),
  double: cast(['int', 'double', 'string'], 'double'),
  string: cast(['string', 'int', 'double', 'bool'], 'string'),
  timestamp: cast(['string'], 'timestamp'),
  duration: cast(['string'], 'duration'),
};
