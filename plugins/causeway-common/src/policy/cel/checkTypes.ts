import { isCelError, run } from '@bufbuild/cel';
import { likelySpelling } from '../likelySpelling';
import {
  accumulator,
  type Comprehension,
  type Expr,
  type ParsedExpression,
} from './ast';
import { functions } from './functions';
import { describeType, isFields, isList, isMap, type CelType } from './types';
import { variables } from './variables';

/** What is wrong with an expression, and where in it. */
export interface ExpressionProblem {
  severity: 'error' | 'warning';
  /** UTF-16 units from the expression's beginning. */
  offset: number;
  message: string;
  hint: string;
}

/** Loops inside each other that are still quick over lists of some hundred items. */
const usualLoops = 2;

/**
 * Holds an expression against the types of what it may look at. The library
 * checks constants and names only, so this is done here.
 */
export class TypeChecker {
  readonly #source: ParsedExpression;

  readonly problems: ExpressionProblem[] = [];

  constructor(source: ParsedExpression) {
    this.#source = source;
  }

  check(): void {
    const type = this.#typeOf(this.#source.expr, {}, 0);
    if (type !== 'bool' && this.problems.length === 0) {
      this.#report(
        this.#source.expr,
        `The condition gives ${describeType(type)}, not true or false`,
        type === 'dyn'
          ? 'Compare it: request.input.force == true.'
          : 'Compare it with something.',
      );
    }
  }

  #report(
    expr: Expr,
    message: string,
    hint: string,
    severity: 'error' | 'warning' = 'error',
  ): void {
    const offset = this.#source.sourceInfo?.positions[String(expr.id)] ?? 0;
    const sentence = message.charAt(0).toUpperCase() + message.slice(1);
    this.problems.push({ severity, offset, message: sentence, hint });
  }

  #typeOf(
    expr: Expr | undefined,
    scope: Readonly<Record<string, CelType>>,
    loops: number,
  ): CelType {
    const kind = expr?.exprKind;
    switch (kind?.case) {
      case 'constExpr':
        return typeOfConstant(kind.value.constantKind.case);
      case 'identExpr': {
        const type = this.#typeOfName(expr!, kind.value.name, scope);
        return this.#refuseWhole(expr!, type);
      }
      case 'selectExpr':
        return this.#refuseWhole(expr!, this.#typeOfPath(expr!, scope, loops));
      case 'listExpr': {
        const types = kind.value.elements.map(element =>
          this.#typeOf(element, scope, loops),
        );
        return { list: types[0] ?? 'dyn' };
      }
      case 'callExpr':
        return this.#typeOfCall(expr!, scope, loops);
      case 'comprehensionExpr':
        return this.#typeOfLoop(expr!, kind.value, scope, loops);
      default:
        this.#report(
          expr ?? this.#source.expr,
          'Maps and messages cannot be written here',
          'Use lists and single values.',
        );
        return 'dyn';
    }
  }

  /** Objects and maps are no values of their own: what would be compared, changes with every field. */
  #refuseWhole(expr: Expr, type: CelType): CelType {
    if (isFields(type)) {
      const some = Object.keys(type.fields).slice(0, 3).join(', ');
      this.#report(
        expr,
        `${type.title} is no value by itself`,
        `Name one of its fields: ${some} …`,
      );
      return 'dyn';
    }
    if (isMap(type)) {
      this.#report(
        expr,
        'A map is no value by itself',
        "Name one of its entries: estate.facts['probes.liveness'].",
      );
      return 'dyn';
    }
    return type;
  }

  #typeOfName(
    expr: Expr,
    name: string,
    scope: Readonly<Record<string, CelType>>,
  ): CelType {
    const known = name in scope ? scope[name] : own(variables, name);
    if (known) {
      return known;
    }
    const names = [...Object.keys(variables), ...Object.keys(scope)].filter(
      one => one !== accumulator,
    );
    const likely = likelySpelling(name, names);
    this.#report(
      expr,
      `There is no variable "${name}"`,
      likely
        ? `${likely} is meant, perhaps.`
        : `There are ${names.join(', ')}.`,
    );
    return 'dyn';
  }

  /** The type of what a select or an index stands on, which may be an object. */
  #typeOfPath(
    expr: Expr | undefined,
    scope: Readonly<Record<string, CelType>>,
    loops: number,
  ): CelType {
    const kind = expr?.exprKind;
    if (kind?.case === 'identExpr') {
      return this.#typeOfName(expr!, kind.value.name, scope);
    }
    if (kind?.case === 'callExpr' && kind.value.function === '_[_]') {
      const [operand, index] = kind.value.args;
      return this.#typeOfEntry(
        expr!,
        this.#typeOfPath(operand, scope, loops),
        this.#typeOf(index, scope, loops),
      );
    }
    if (kind?.case !== 'selectExpr') {
      return this.#typeOf(expr, scope, loops);
    }
    const { operand, field, testOnly } = kind.value;
    const type = this.#typeOfPath(operand, scope, loops);
    const found = this.#typeOfField(expr!, type, field);
    return testOnly ? 'bool' : found;
  }

  #typeOfField(expr: Expr, type: CelType, field: string): CelType {
    if (isFields(type)) {
      const known = own(type.fields, field);
      if (known) {
        return known;
      }
      const names = Object.keys(type.fields);
      const likely = likelySpelling(field, names);
      this.#report(
        expr,
        `${type.title} has no field "${field}"`,
        likely ? `${likely} is meant, perhaps.` : `It has ${names.join(', ')}.`,
      );
      return 'dyn';
    }
    if (isMap(type)) {
      return type.map;
    }
    if (type !== 'dyn') {
      this.#report(
        expr,
        `${describeType(type)} has no fields`,
        `Leave .${field} out.`,
      );
    }
    return 'dyn';
  }

  #typeOfEntry(expr: Expr, type: CelType, index: CelType): CelType {
    if (isMap(type) && (index === 'string' || index === 'dyn')) {
      return type.map;
    }
    if (isList(type) && (index === 'int' || index === 'dyn')) {
      return type.list;
    }
    if (type !== 'dyn') {
      this.#report(
        expr,
        `${describeType(type)} has no entry under ${describeType(index)}`,
        'Maps have entries by text, lists by whole number, and fields stand after a dot.',
      );
    }
    return 'dyn';
  }

  #typeOfCall(
    expr: Expr,
    scope: Readonly<Record<string, CelType>>,
    loops: number,
  ): CelType {
    if (expr.exprKind.case !== 'callExpr') {
      return 'dyn';
    }
    const { function: name, args, target } = expr.exprKind.value;
    if (name === '_[_]') {
      return this.#refuseWhole(expr, this.#typeOfPath(expr, scope, loops));
    }
    const all = target ? [target, ...args] : args;
    const types = all.map(arg => this.#typeOf(arg, scope, loops));
    const signature = own(functions, name);
    if (!signature) {
      const likely = likelySpelling(
        name,
        Object.keys(functions).filter(
          one => /^\w+$/.test(one) && !one.startsWith('_'),
        ),
      );
      this.#report(
        expr,
        `There is no function "${name}"`,
        likely
          ? `${likely} is meant, perhaps.`
          : 'docs/governance/policy.md lists the functions.',
      );
      return 'dyn';
    }
    if (name === 'matches') {
      this.#checkPattern(all[1] ?? expr);
    }
    const result = signature(types);
    if (typeof result === 'object' && 'wrong' in result) {
      this.#report(
        expr,
        result.wrong,
        result.hint ??
          'docs/governance/policy.md lists the fields with their types.',
      );
      return 'dyn';
    }
    return result;
  }

  #checkPattern(expr: Expr): void {
    const kind = expr.exprKind;
    if (
      kind.case !== 'constExpr' ||
      kind.value.constantKind.case !== 'stringValue'
    ) {
      this.#report(
        expr,
        'A pattern is written in the policy, not taken from elsewhere',
        "Write it as a text: matches('^pay-').",
      );
      return;
    }
    const pattern = kind.value.constantKind.value;
    if (isCelError(run("''.matches(p)", { p: pattern }))) {
      this.#report(
        expr,
        `"${pattern}" is no pattern that can be used`,
        'Patterns are RE2: without look-around and back references.',
      );
    }
  }

  #typeOfLoop(
    expr: Expr,
    loop: Comprehension,
    scope: Readonly<Record<string, CelType>>,
    loops: number,
  ): CelType {
    const range = this.#typeOf(loop.iterRange, scope, loops);
    if (!isList(range) && range !== 'dyn') {
      this.#report(
        loop.iterRange ?? expr,
        `Only lists are looked through, not ${describeType(range)}`,
        'Lists are change.paths, request.requester.groups, estate.blastRadius.owners and such.',
      );
    }
    if (loops === usualLoops) {
      this.#report(
        expr,
        'Three loops inside each other take long',
        'An assessment that takes too long is reviewed as critical; use fewer loops.',
        'warning',
      );
    }
    const inner = {
      ...scope,
      [accumulator]: this.#typeOf(loop.accuInit, scope, loops),
      [loop.iterVar]: isList(range) ? range.list : ('dyn' as const),
    };
    this.#typeOf(loop.loopCondition, inner, loops + 1);
    const step = this.#typeOf(loop.loopStep, inner, loops + 1);
    return this.#typeOf(loop.result, { ...inner, [accumulator]: step }, loops);
  }
}

function own<T>(
  record: Readonly<Record<string, T>>,
  key: string,
): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function typeOfConstant(kind: string | undefined): CelType {
  const types: Record<string, CelType> = {
    boolValue: 'bool',
    doubleValue: 'double',
    int64Value: 'int',
    uint64Value: 'int',
    stringValue: 'string',
    nullValue: 'null',
  };
  return types[kind ?? ''] ?? 'dyn';
}
