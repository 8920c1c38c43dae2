import { createContext, useContext } from "react";

/** The token of the session's forms; null where nobody is signed in. */
export const FormToken = createContext<string | null>(null);

/** The hidden fields of every form that changes something: its own key, and the token of the session. */
export function FormKey({ value }: { value: string }) {
  const token = useContext(FormToken);
  return (
    <>
      <input type="hidden" name="form-key" value={value} />
      {token !== null && <input type="hidden" name="form-token" value={token} />}
    </>
  );
}
