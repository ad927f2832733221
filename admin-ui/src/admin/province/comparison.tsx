import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { ProvinceComparisonDocument } from '../gql/graphql';
import { Loaded } from '../kit/state';

/** What a city's return gained and lost since last year (年度对比). */
export function Comparison({ cityCode, year }: { cityCode: string; year: number }) {
  const t = useT();
  const query = useQuery({ query: ProvinceComparisonDocument, variables: { cityCode, year } });
  return (
    <section className="card" aria-labelledby="comparison">
      <h2 id="comparison">{t('province.compare')}</h2>
      <Loaded query={query}>
        {({ provinceComparison: c }) =>
          c && c.lastYearRowCount === null ? (
            <p>{t('province.noLastYear', { n: c.rowCount })}</p>
          ) : c ? (
            <>
              <dl className="figures">
                {(['added', 'removed'] as const).map((name) => (
                  <div key={name} className="figure">
                    <dt>{t(`province.${name}`)}</dt>
                    <dd>{c[name].length}</dd>
                  </div>
                ))}
                <div className="figure">
                  <dt>{t('province.kept')}</dt>
                  <dd>{c.kept}</dd>
                </div>
              </dl>
              {(['added', 'removed'] as const).map((name) =>
                c[name].length > 0 ? (
                  <p key={name}>
                    <b>{t(`province.${name}`)}：</b>
                    {c[name].join('、')}
                  </p>
                ) : null,
              )}
              {c.added.length + c.removed.length === 0 ? <p>{t('province.noChange')}</p> : null}
            </>
          ) : null
        }
      </Loaded>
    </section>
  );
}
