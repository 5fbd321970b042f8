/** Where the page of a rule stands. */
export function rulePage(id: string): string {
  return `https://github.com/causeway-dev/causeway/blob/main/docs/validation/rules/${id}.md`;
}
