import { useActionData } from "@remix-run/react";
import type { Reply } from "./plain-form.tsx";

/** What the server said to the form that was posted here and refused. */
export function useReply(): Reply | undefined {
  return (useActionData() as { reply?: Reply } | undefined)?.reply;
}

/** What a refused form says at a field. */
export function errorAt(reply: Reply | undefined, name: string): string | undefined {
  return reply?.errors.find((error) => error.name === name)?.message;
}

/** What a field of a refused form shows again: what was typed, and what is wrong with it. */
export function typedAt(reply: Reply | undefined, name: string): { defaultValue: string | undefined; error: string | undefined } {
  return { defaultValue: reply?.values[name], error: errorAt(reply, name) };
}
