/**
 * A policy for dials: below 50 by itself, from there on two people, one of
 * them of security; so much may be spent in an hour and no more.
 */
export const dialPolicy = (
  perHour: number,
  { autoRollback = false, spread = 10_000 } = {},
) => `
apiVersion: causeway.dev/v1
kind: Policy
metadata: { name: dials, title: Dials }
spec:
  riskTiers:
    - name: all
      title: All
      level: low
      match: target.environment == 'production'
      autonomous: ['*']
      autoRollback: ${autoRollback}
      approval:
        count: 2
        required: [{ group: group:default/security }]
        approvers: [group:default/owners, group:default/security]
        decideWithin: 4h
        executeWithin: 1h
      limits:
        - { name: an-hour, title: An hour, perHour: ${perHour}, action: hard }
  decisions:
    - name: far
      title: Turning it far
      capabilities: [dials]
      when: change.quantities.value.proposed >= 50.0
      tier: 2
    - name: near
      title: Turning it a little
      capabilities: [dials]
      tier: 1
  classes:
    application: { soak: 1s, checks: [it shows it], rollback: minutes }
  agents:
    requestsPerMinute: 10000
    openRequests: 10000
    openPerTarget: 1000
    spread: { targets: ${spread}, within: 1h }
`;
