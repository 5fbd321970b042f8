import { JsonSchema } from '../model/CatalogKinds';

/** One scaffolder action. */
export interface TemplateAction {
  id: string;
  /** Schema of its input, where known. */
  input?: JsonSchema;
  /** Names of its outputs, where known. */
  output?: string[];
}

/** The actions that templates may use. */
export class ActionCatalog {
  /** Whether the list is that of one real portal, so that what it lacks is not there. */
  readonly complete: boolean;
  readonly #actions: () => readonly TemplateAction[];
  #byId: Map<string, TemplateAction> | undefined;

  constructor(options: {
    complete: boolean;
    actions: () => readonly TemplateAction[];
  }) {
    this.complete = options.complete;
    this.#actions = options.actions;
  }

  get(id: string): TemplateAction | undefined {
    return this.#index().get(id);
  }

  ids(): Iterable<string> {
    return this.#index().keys();
  }

  /** Whether some known action has this prefix: `publish` of `publish:github`. */
  knowsPrefix(prefix: string): boolean {
    for (const id of this.ids()) {
      if (id.startsWith(`${prefix}:`)) {
        return true;
      }
    }
    return false;
  }

  #index(): Map<string, TemplateAction> {
    this.#byId ??= new Map(
      this.#actions().map(action => [action.id, action] as const),
    );
    return this.#byId;
  }
}
