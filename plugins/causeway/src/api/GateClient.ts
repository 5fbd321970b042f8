import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  AssessmentPreview,
  AuditAnchors,
  AuditPage,
  AuditQuery,
  AuditVerification,
  Feedback,
  GateRequest,
  GateStatus,
  Halt,
  OperationDescription,
  PolicyView,
  RequestPage,
  RequestQuery,
  RequestReceipt,
  RequestSubmission,
} from '@causeway/backstage-plugin-causeway-common';
import type { CallOptions, CastVote, GateApi } from './GateApi';
import { queryString } from './queryString';

const requestPath = (id: string) => `/requests/${encodeURIComponent(id)}`;

/**
 * {@link GateApi} over the backend's routes.
 *
 * @public
 */
export class GateClient implements GateApi {
  readonly #fetchApi: FetchApi;

  constructor(options: { fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  getStatus(options?: CallOptions): Promise<GateStatus> {
    return this.#get('/gate', options);
  }

  async listOperations(
    query: { type?: string; target?: string } = {},
    options?: CallOptions,
  ): Promise<OperationDescription[]> {
    return this.#get(`/operations${queryString(query)}`, options);
  }

  assess(
    submission: RequestSubmission,
    options?: CallOptions,
  ): Promise<AssessmentPreview> {
    return this.#post('/requests/assess', submission, options);
  }

  submit(submission: RequestSubmission): Promise<RequestReceipt> {
    return this.#post('/requests', submission);
  }

  listRequests(
    query: RequestQuery,
    options?: CallOptions,
  ): Promise<RequestPage> {
    return this.#get(`/requests${queryString(query)}`, options);
  }

  getRequest(id: string, options?: CallOptions): Promise<GateRequest> {
    return this.#get(requestPath(id), options);
  }

  vote(id: string, vote: CastVote): Promise<GateRequest> {
    return this.#post(`${requestPath(id)}/votes`, vote);
  }

  withdrawVote(id: string): Promise<GateRequest> {
    return this.#post(`${requestPath(id)}/votes/withdraw`, {});
  }

  withdraw(id: string, comment?: string): Promise<GateRequest> {
    return this.#post(`${requestPath(id)}/withdraw`, { comment });
  }

  reconcile(
    id: string,
    found: { outcome: 'succeeded' | 'failed'; comment: string },
  ): Promise<GateRequest> {
    return this.#post(`${requestPath(id)}/reconcile`, found);
  }

  complete(id: string, comment?: string): Promise<GateRequest> {
    return this.#post(`${requestPath(id)}/complete`, { comment });
  }

  giveFeedback(
    id: string,
    feedback: Pick<Feedback, 'verdict' | 'comment'>,
  ): Promise<GateRequest> {
    return this.#post(`${requestPath(id)}/feedback`, feedback);
  }

  getPolicy(options?: CallOptions): Promise<PolicyView> {
    return this.#get('/policy', options);
  }

  searchAudit(query: AuditQuery, options?: CallOptions): Promise<AuditPage> {
    return this.#get(`/audit${queryString(query)}`, options);
  }

  verifyAudit(options?: CallOptions): Promise<AuditVerification> {
    return this.#get('/audit/verify', options);
  }

  getAuditAnchors(options?: CallOptions): Promise<AuditAnchors> {
    return this.#get('/audit/anchors', options);
  }

  async exportAudit(query: AuditQuery): Promise<Blob> {
    const { cursor, limit, ...filters } = query;
    const response = await this.#fetch(`/audit/export${queryString(filters)}`);
    return response.blob();
  }

  async halt(halt: Pick<Halt, 'scope' | 'reason'>): Promise<Halt[]> {
    return this.#post('/halt', halt);
  }

  async resume(halt: Pick<Halt, 'scope' | 'reason'>): Promise<Halt[]> {
    return this.#post('/halt/resume', halt);
  }

  async #get<T>(path: string, options?: CallOptions): Promise<T> {
    const response = await this.#fetch(path, { signal: options?.signal });
    return response.json();
  }

  async #post<T>(
    path: string,
    body: object,
    options?: CallOptions,
  ): Promise<T> {
    const response = await this.#fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: options?.signal,
    });
    return response.json();
  }

  async #fetch(path: string, init?: RequestInit): Promise<Response> {
    const response = await this.#fetchApi.fetch(
      `plugin://causeway${path}`,
      init,
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}
