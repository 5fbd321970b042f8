/** Whether a text reads like a full reference of an entity. */
export const isReference = (text: string): boolean =>
  /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/.test(text.trim());
