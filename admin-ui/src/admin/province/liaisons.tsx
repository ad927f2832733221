import { useQuery } from 'urql';
import { useDisplay } from '../app/display';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { ProvinceLiaisonsDocument, type ProvinceLiaisonsQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { Loaded } from '../kit/state';
import { DataTable } from '../kit/table';
import { useLiaisonValue } from '../people/liaison-value';

type Row = NonNullable<ProvinceLiaisonsQuery['provinceLiaisons']>[number];

/** Whom to call in each city (工作对接人). */
export function ProvinceLiaisons() {
  const t = useT();
  const format = useFormat();
  const { language } = useDisplay();
  const { can } = useSession();
  const show = useLiaisonValue();
  const query = useQuery({ query: ProvinceLiaisonsDocument });
  return (
    <Page title={t('liaisons.title')}>
      <Loaded query={query}>
        {({ provinceLiaisons }) => (
          <DataTable<Row>
            rowKey={(r) => r.city.code}
            dataSource={provinceLiaisons ?? []}
            scroll={{ x: 760 }}
            columns={[
              { title: t('province.col.city'), render: (_, r) => (language === 'en' ? r.city.nameEn : r.city.nameZh) },
              {
                title: t('liaison.name'),
                render: (_, r) =>
                  r.liaison ? show(r.liaison, 'name') : <Chip tone="warn">{t('liaisons.missing')}</Chip>,
              },
              {
                title: t('liaison.unit'),
                render: (_, r) => [r.liaison?.unit, r.liaison?.position].filter(Boolean).join(' · ') || '—',
              },
              {
                title: t('liaison.phone'),
                render: (_, r) => {
                  if (!r.liaison) return '—';
                  // A masked number cannot be dialled.
                  if (!can('liaison.read')) return show(r.liaison, 'phone');
                  return <a href={`tel:${r.liaison.phone}`}>{r.liaison.phone}</a>;
                },
              },
              { title: t('liaisons.changed'), render: (_, r) => format.date(r.changedAt) },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
