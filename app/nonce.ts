import { createContext } from "react";

/** The nonce of the answer being rendered; empty in the browser, which hides nonces from scripts. */
export const Nonce = createContext("");
