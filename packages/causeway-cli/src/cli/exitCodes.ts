/** Exit codes: findings are told apart from faults of the check itself. */
export const exitCodes = { clean: 0, findings: 1, fault: 2 } as const;
