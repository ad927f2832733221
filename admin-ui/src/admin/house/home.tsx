import { useT } from '../app/i18n';
import { menuFor } from '../app/menu';
import { useSession } from '../app/session';
import { LinkButton } from '../kit/link';
import { Page } from '../kit/page';

/** Where one lands: the doors one may open. */
export function Home() {
  const t = useT();
  const session = useSession();
  return (
    <Page title={t('home.title', { name: session.viewer.account.displayName })} lead={session.cityName}>
      <div className="actions">
        {menuFor(session)
          .flatMap((g) => g.items)
          .filter((i) => !i.exact)
          .map((item) => (
            <LinkButton key={item.to} to={item.to} params={{ slug: session.slug }} icon={item.icon}>
              {t(item.label)}
            </LinkButton>
          ))}
      </div>
    </Page>
  );
}
