import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { useDisplay } from '../app/display';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { ProvinceReturnRowsDocument } from '../gql/graphql';
import { Fact, Facts } from '../kit/facts';
import { today } from '../kit/format';
import { LinkButton } from '../kit/link';
import { Page } from '../kit/page';
import { PAGE_SIZE, Pager, usePages } from '../kit/pager';
import { Loaded, Nothing } from '../kit/state';
import { Filer } from '../returns/filer';
import { ReturnRows } from '../returns/rows';
import { Comparison } from './comparison';

const route = getRouteApi('/$slug/province/$city');

/** The rows one city handed in, and how they differ from last year's. */
export function ProvinceCity() {
  const t = useT();
  const { slug } = useSession();
  const { language } = useDisplay();
  const { city } = route.useParams();
  const { year = Number(today().slice(0, 4)) } = route.useSearch();
  const pages = usePages(`${city}${year}`);
  const query = useQuery({
    query: ProvinceReturnRowsDocument,
    variables: { year, first: PAGE_SIZE, after: pages.after },
  });
  return (
    <Loaded query={query}>
      {({ provinceReturns }) => {
        const found = provinceReturns?.find((r) => r.city.slug === city);
        const name = found ? (language === 'en' ? found.city.nameEn : found.city.nameZh) : city;
        return (
          <Page
            title={t('province.cityTitle', { city: name, year })}
            actions={
              <LinkButton to="/$slug/province" params={{ slug }} search={{ year }}>
                {t('action.back')}
              </LinkButton>
            }
          >
            {found?.rows ? (
              <>
                <Facts className="gap">
                  <Fact label={t('returns.filer')}>
                    <Filer item={found} may="province.reveal" />
                  </Fact>
                </Facts>
                <Comparison cityCode={found.city.code} year={year} />
                <ReturnRows rows={found.rows.edges.map((e) => e.node)} />
                <Pager
                  pages={pages}
                  pageInfo={found.rows.pageInfo}
                  totalCount={found.rows.totalCount}
                  shown={found.rows.edges.length}
                />
              </>
            ) : (
              <Nothing text={t('province.notHandedIn')} />
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}
