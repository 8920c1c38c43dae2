/**
 * Why something was refused: a code for which `i18n` holds the sentence, the place of the fault where there is one,
 * and the figures that the sentence names.
 */
export interface Problem<Code extends string = string> {
  code: Code;
  at?: string;
  params?: Record<string, string | number>;
}
