/**
 * The Causeway backend plugin.
 *
 * @packageDocumentation
 */
export { causewayPlugin as default, causewayPlugin } from './plugin';
export {
  causewayRequestConditions,
  createCausewayRequestConditionalDecision,
} from './governance/permissions/requestConditions';
