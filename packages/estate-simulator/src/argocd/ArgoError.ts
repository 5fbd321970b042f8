/** gRPC codes that Argo CD's REST gateway answers with, and their HTTP statuses. */
const httpStatus = {
  3: 400,
  5: 404,
  7: 403,
  9: 400,
  12: 501,
  16: 401,
} as const;

/** A gRPC code that the simulator uses. */
export type GrpcCode = keyof typeof httpStatus;

/** An error as Argo CD's gRPC gateway reports it. */
export class ArgoError extends Error {
  readonly code: GrpcCode;

  constructor(code: GrpcCode, message: string) {
    super(message);
    this.name = 'ArgoError';
    this.code = code;
  }

  get status(): number {
    return httpStatus[this.code];
  }

  get body() {
    return { error: this.message, code: this.code, message: this.message };
  }

  static invalidArgument(message: string) {
    return new ArgoError(3, message);
  }

  static notFound(resource: string, name: string) {
    return new ArgoError(5, `${resource}.argoproj.io "${name}" not found`);
  }

  static permissionDenied(what?: string) {
    return new ArgoError(
      7,
      what ? `permission denied: ${what}` : 'permission denied',
    );
  }

  static failedPrecondition(message: string) {
    return new ArgoError(9, message);
  }

  static unauthenticated(message: string) {
    return new ArgoError(16, message);
  }
}
