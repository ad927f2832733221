import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { ProvinceReturnRowsDocument } from '../gql/graphql';
import { today } from '../kit/format';
import { LinkButton } from '../kit/link';
import { Page } from '../kit/page';
import { PAGE_SIZE, Pager, usePages } from '../kit/pager';
import { Loaded, Nothing } from '../kit/state';
import { ReturnRows } from '../returns/rows';

const route = getRouteApi('/$slug/province/$city');

/** The rows one city handed in. */
export function ProvinceCity() {
  const t = useT();
  const { slug } = useSession();
  const { city } = route.useParams();
  const { year = Number(today().slice(0, 4)) } = route.useSearch();
  const pages = usePages(`${city}${year}`);
  const query = useQuery({
    query: ProvinceReturnRowsDocument,
    variables: { year, first: PAGE_SIZE, after: pages.after },
  });
  return (
    <Page
      title={t('province.cityTitle', { city, year })}
      actions={
        <LinkButton to="/$slug/province" params={{ slug }} search={{ year }}>
          {t('action.back')}
        </LinkButton>
      }
    >
      <Loaded query={query}>
        {({ provinceReturns }) => {
          const rows = provinceReturns?.find((r) => r.city.slug === city)?.rows;
          if (!rows) return <Nothing text={t('province.notHandedIn')} />;
          return (
            <>
              <ReturnRows rows={rows.edges.map((e) => e.node)} />
              <Pager pages={pages} pageInfo={rows.pageInfo} totalCount={rows.totalCount} shown={rows.edges.length} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
