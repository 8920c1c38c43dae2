import { pino } from "pino";

/** One line of JSON per event on standard output. No names, phones, codes or choices ever. */
export const log = pino({ level: process.env["LOG_LEVEL"] || "info", base: null });
