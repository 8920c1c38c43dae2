import type { ComponentPropsWithRef, ReactNode } from "react";
import { Sign, type SignName } from "./sign.tsx";

export type ButtonKind = "primary" | "secondary" | "quiet" | "danger";

interface Look {
  kind?: ButtonKind;
  sign?: SignName;
  /** Full width and taller: the one thing to do on this page. */
  wide?: boolean;
  children: ReactNode;
}

export type ButtonProps = Look & Omit<ComponentPropsWithRef<"button">, "className" | "style" | "children">;
export type ButtonLinkProps = Look & { href: string; download?: boolean | string };

/** The mark stands before the words, but the one that points on stands after them. */
function Content({ sign, children }: Pick<Look, "sign" | "children">) {
  return (
    <>
      {sign && sign !== "on" && <Sign name={sign} />}
      {children}
      {sign === "on" && <Sign name={sign} />}
    </>
  );
}

/** A button in a form; submits unless `type` says otherwise. */
export function Button({ kind = "secondary", sign, wide, children, type = "submit", ...rest }: ButtonProps) {
  return (
    <button className="button" data-kind={kind} data-wide={wide || undefined} type={type} {...rest}>
      <Content sign={sign}>{children}</Content>
    </button>
  );
}

/** A link that looks like a button: leads somewhere, changes nothing. */
export function ButtonLink({ kind = "secondary", sign, wide, children, href, download }: ButtonLinkProps) {
  return (
    <a className="button" data-kind={kind} data-wide={wide || undefined} href={href} download={download}>
      <Content sign={sign}>{children}</Content>
    </a>
  );
}
