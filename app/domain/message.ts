/**
 * What the portal sends to phones: each kind with the variables that its template at the gateway has. Texts stand in
 * `i18n`; a kind that ends in `-code` is for the moment only and is never shown again.
 */
export const messageVariables = {
  "sign-in-code": ["code"],
  "intent-code": ["code"],
  "intent-assisted": ["home", "token"],
  "ballot-assisted": ["home", "token"],
  "ballot-recorded": ["home", "receipt", "call"],
  "ballot-reminder": ["home", "until"],
  "plan-notice-ends": ["home", "until"],
  "opinion-answered": ["home"],
  "ticket-answered": ["number"],
  "site-silent": ["home", "days"],
  "binding-code": ["code"],
  "flat-bound": ["home", "phone", "call"],
  "binding-approved": ["home"],
  "tenant-noted": ["home"],
  "binding-refused": ["home", "call"],
} as const satisfies Record<string, readonly string[]>;

export type MessageKind = keyof typeof messageVariables;
export type MessageParams<K extends MessageKind> = Record<(typeof messageVariables)[K][number], string>;

export const messageKinds = Object.keys(messageVariables) as MessageKind[];
