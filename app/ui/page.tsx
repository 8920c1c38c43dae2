import type { ReactNode } from "react";
import { frame } from "#app/i18n/zh-CN/frame.ts";
import { paths } from "#app/paths.ts";
import { Badge, Badges, type BadgeProps } from "./badge.tsx";
import { BrandMark } from "./brand-mark.tsx";
import { SessionToken } from "./form-key.tsx";
import { OnPaper } from "./paper-notice.tsx";
import { inPhrases } from "./layout.tsx";
import { Sign } from "./sign.tsx";

export interface NavLink {
  href: string;
  label: string;
  current?: boolean;
}

/** What is the same on every page of one visitor. */
export interface Frame {
  /** Where the brand leads. */
  home: string;
  nav: readonly NavLink[];
  /** The elder view (长辈版): whether it is on, and the link that switches it. */
  view: { elder: boolean; href: string };
  /** Whom to call; in the same place on every page. */
  phone: { number: string; label?: string };
  /** Signed-in or sign-in corner; `signOut` is the address that a POST goes to. */
  account?: { name?: string; links?: readonly NavLink[]; signOut?: string };
  /** A strip over every page, and a mark on every sheet that is printed, for the demo. */
  notice?: { screen: string; paper: string };
}

export interface PageTitleProps {
  eyebrow?: string;
  title: string;
  lead?: ReactNode;
  badges?: readonly (BadgeProps & { children: string })[];
}

export interface PageProps extends Frame {
  title?: string | PageTitleProps;
  /** The way here; the last one without `href` is this page. */
  crumbs?: readonly { label: string; href?: string }[];
  /** Office layout: denser, wider. */
  desk?: boolean;
  width?: "wide" | "narrow";
  footer?: ReactNode;
  children: ReactNode;
}

const footLinks: readonly NavLink[] = [
  { href: paths.guides(), label: frame.guides },
  { href: paths.notices(), label: frame.notices },
  { href: paths.data(), label: frame.data },
  { href: paths.verify(), label: frame.verify },
  { href: paths.privacy(), label: frame.privacy },
];

/** Heading of a page: where it belongs, what it is, how it stands. */
export function PageTitle({ eyebrow, title, lead, badges = [] }: PageTitleProps) {
  return (
    <div className="page-title">
      {eyebrow && <p className="page-title-eyebrow">{eyebrow}</p>}
      <h1 data-phrases={inPhrases(title)}>{title}</h1>
      {badges.length > 0 && (
        <Badges>
          {badges.map((badge) => (
            <Badge key={badge.children} {...badge} />
          ))}
        </Badges>
      )}
      {lead && <p className="page-title-lead">{lead}</p>}
    </div>
  );
}

/** At the desk a name that stands in the way here is not said again above the heading. */
function titleOf({ title, crumbs = [], desk }: Pick<PageProps, "title" | "crumbs" | "desk">): PageTitleProps | undefined {
  if (!title || typeof title === "string") return title ? { title } : undefined;
  const { eyebrow, ...told } = title;
  return desk && crumbs.some(({ label }) => label === eyebrow) ? told : title;
}

function Nav({ links, label }: { links: readonly NavLink[]; label: string }) {
  return (
    <nav className="page-nav" aria-label={label}>
      <ul className="page-nav-links">
        {links.map((link) => (
          <li key={link.href}>
            <a href={link.href} aria-current={link.current ? "page" : undefined}>
              {link.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Account({ name, links = [], signOut }: NonNullable<Frame["account"]>) {
  return (
    <div className="page-account">
      {name && <span>{name}</span>}
      {links.map((link) => (
        <a key={link.href} href={link.href} aria-current={link.current ? "page" : undefined}>
          {link.label}
        </a>
      ))}
      {signOut && (
        <form method="post" action={signOut}>
          <SessionToken />
          <button type="submit">{frame.signOut}</button>
        </form>
      )}
    </div>
  );
}

/** Frame of every page: brand, ways on, elder view, the call, the page itself, footer. Needs no scripts. */
export function Page(props: PageProps) {
  const { home, nav, view, phone, account, notice, crumbs = [], desk, width = "wide", footer, children } = props;
  const title = titleOf(props);
  return (
    <div className="page" data-desk={desk || undefined}>
      <a className="page-skip" href="#content">
        {frame.skip}
      </a>
      <header className="page-head">
        {notice && <p className="page-notice">{notice.screen}</p>}
        <div>
          <a className="page-brand" href={home}>
            <BrandMark />
            <span>
              {frame.brand}
              {desk && <small> · {frame.desk}</small>}
            </span>
          </a>
          <Nav links={nav} label={frame.nav} />
          <div className="page-tools">
            {account && <Account {...account} />}
            <a className="page-call" href={`tel:${phone.number.replaceAll(/[^\d+]/g, "")}`}>
              <Sign name="phone" />
              <span>
                {phone.label ?? frame.call} <span>{phone.number}</span>
              </span>
            </a>
            <a className="page-view" href={view.href}>
              {view.elder ? frame.normalView : frame.elderView}
            </a>
            {nav.length > 0 && (
              <details className="page-menu">
                <summary>{frame.menu}</summary>
                <div>
                  <Nav links={nav} label={frame.allWays} />
                  {account && <Account {...account} />}
                </div>
              </details>
            )}
          </div>
        </div>
      </header>
      <div className="page-body" data-width={width}>
        {crumbs.length > 0 && (
          <nav className="page-crumbs" aria-label={frame.crumbs}>
            <ol className="page-crumbs-way">
              {crumbs.map((crumb, index) => (
                <li key={crumb.label} data-twice={(index === crumbs.length - 1 && crumb.label === title?.title) || undefined}>
                  {crumb.href ? <a href={crumb.href}>{crumb.label}</a> : <span aria-current={index === crumbs.length - 1 ? "page" : undefined}>{crumb.label}</span>}
                </li>
              ))}
            </ol>
          </nav>
        )}
        <main id="content" tabIndex={-1}>
          {title && <PageTitle {...title} />}
          <OnPaper.Provider value={notice?.paper ?? null}>{children}</OnPaper.Provider>
        </main>
      </div>
      {notice && (
        <p className="page-mark-paper" aria-hidden="true">
          {notice.paper}
        </p>
      )}
      <footer className="page-foot">
        <div>
          {footer}
          {!desk && <p>{frame.paperCounts}</p>}
          <ul className="page-foot-links">
            {footLinks.slice(0, desk ? 1 : undefined).map(({ href, label }) => (
              <li key={href}>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        </div>
      </footer>
    </div>
  );
}
