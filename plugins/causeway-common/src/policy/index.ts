/**
 * Policy: its schema, reading, and evaluation. Pure: what it looks at is
 * handed to it.
 *
 * @packageDocumentation
 */
export { assess, assessInDoubt } from './assess';
export * from './AssessmentInput';
export { resolveApproval } from './assess/approval';
export { builtInPolicy } from './builtInPolicy';
export { comparePolicies, type PolicyChange } from './compare/comparePolicies';
export { isNoStricter } from './compare/isNoStricter';
export {
  agentRules,
  budgetKeys,
  compilePolicy,
  type CompiledPolicy,
} from './compilePolicy';
export { parseDuration } from './duration';
export * from './PolicyDocument';
export { policyHash } from './policyHash';
export type { PolicyProblem } from './read/PolicyProblem';
export type { PolicyFile } from './read/readYaml';
export { builtInOperations } from './builtInOperations';
export { unknownFields, type UnknownField } from './unknownFields';
export { likelySpelling } from './likelySpelling';
export { namedOperations, type NamedOperation } from './namedOperations';
export { readPolicyFiles } from './readPolicyFiles';
