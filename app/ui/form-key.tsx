import { createContext, useContext } from "react";

/** The token of the session's forms; null where nobody is signed in. */
export const FormToken = createContext<string | null>(null);

/** The hidden fields of every form that changes something: its own key, and the token of the session. */
export function FormKey({ value }: { value: string }) {
  return (
    <>
      <input type="hidden" name="form-key" value={value} />
      <SessionToken />
    </>
  );
}

/** For a form that only signs out: sent twice, it has one effect without a key of its own. */
export function SessionToken() {
  const token = useContext(FormToken);
  return token === null ? null : <input type="hidden" name="form-token" value={token} />;
}
