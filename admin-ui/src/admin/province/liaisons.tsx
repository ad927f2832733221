import { useQuery } from 'urql';
import { useDisplay } from '../app/display';
import { useT } from '../app/i18n';
import { ProvinceLiaisonsDocument, type ProvinceLiaisonsQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { Loaded } from '../kit/state';
import { DataTable } from '../kit/table';

type Row = NonNullable<ProvinceLiaisonsQuery['provinceLiaisons']>[number];

/** Whom to call in each city (工作对接人). */
export function ProvinceLiaisons() {
  const t = useT();
  const format = useFormat();
  const { language } = useDisplay();
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
                render: (_, r) => r.liaison?.name ?? <Chip tone="warn">{t('liaisons.missing')}</Chip>,
              },
              {
                title: t('liaison.unit'),
                render: (_, r) => [r.liaison?.unit, r.liaison?.position].filter(Boolean).join(' · ') || '—',
              },
              {
                title: t('liaison.phone'),
                render: (_, r) => (r.liaison ? <a href={`tel:${r.liaison.phone}`}>{r.liaison.phone}</a> : '—'),
              },
              { title: t('liaisons.changed'), render: (_, r) => format.date(r.changedAt) },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
