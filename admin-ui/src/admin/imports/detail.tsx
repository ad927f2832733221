import { DownloadOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { Alert, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { ImportPageDocument, type ImportPageQuery } from '../gql/graphql';
import { save } from '../kit/download';
import { useFormat } from '../kit/format';
import { Found } from '../kit/found';
import { Page } from '../kit/page';
import { PAGE_SIZE, Pager, usePages } from '../kit/pager';
import { AppliedBox } from './applied';
import { ApplyBox } from './apply';
import { ImportRows } from './rows';
import { RunningBox } from './running';
import { SheetIssues } from './sheet';

const route = getRouteApi('/$slug/imports/$id');
export type Import = NonNullable<ImportPageQuery['directoryImport']>;

/** One import: the dry run with every bad cell, mending, applying, and what came of it. */
export function ImportDetail() {
  const t = useT();
  const { id } = route.useParams();
  const [onlyBad, setOnlyBad] = useState(false);
  const pages = usePages(String(onlyBad));
  const query = useQuery({
    query: ImportPageDocument,
    variables: { id, first: PAGE_SIZE, after: pages.after, onlyBad },
  });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Found query={query} of={(data) => data.directoryImport}>
      {(directoryImport) => (
        <Page
          title={directoryImport.fileName}
          lead={<Lead item={directoryImport} />}
          actions={
            <>
              <Original item={directoryImport} />
              <Report item={directoryImport} />
            </>
          }
        >
          <Stage item={directoryImport} refetch={refetch} />
          <SheetIssues item={directoryImport} />
          {directoryImport.rows && directoryImport.rowCount > 0 ? (
            <section aria-label={t('imports.rows')}>
              <div className="list-head">
                <h2>{t('imports.rows')}</h2>
                <Checkbox checked={onlyBad} onChange={(e) => setOnlyBad(e.target.checked)}>
                  {t('imports.onlyBad', { n: directoryImport.badRows })}
                </Checkbox>
              </div>
              <ImportRows
                item={directoryImport}
                rows={directoryImport.rows.edges.map((e) => e.node)}
                refetch={refetch}
              />
              <Pager
                pages={pages}
                pageInfo={directoryImport.rows.pageInfo}
                totalCount={directoryImport.rows.totalCount}
                shown={directoryImport.rows.edges.length}
              />
            </section>
          ) : null}
        </Page>
      )}
    </Found>
  );
}

function Lead({ item }: { item: Import }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      {[
        item.city,
        item.filer ? t('imports.filer', { name: item.filer }) : '',
        format.dateTime(item.createdAt),
        t('imports.keptUntil', { date: format.date(item.keptUntil) }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </>
  );
}

function Report({ item }: { item: Import }) {
  const t = useT();
  const url = item.reportUrl;
  if (!url) return null;
  return (
    <Button icon={<DownloadOutlined />} onClick={() => save(url, reportName(item.fileName))}>
      {t('imports.report')}
    </Button>
  );
}

/** The file as it was sent, as long as it is kept. */
function Original({ item: { fileUrl, fileName } }: { item: Pick<Import, 'fileUrl' | 'fileName'> }) {
  const t = useT();
  if (!fileUrl) return null;
  return (
    <Button icon={<DownloadOutlined />} onClick={() => save(fileUrl, fileName)}>
      {t('imports.original')}
    </Button>
  );
}

/** The report of `名录.xlsx` is `名录-report.csv`: it is CSV whatever the form was. */
const reportName = (fileName: string) => `${fileName.replace(/\.(xlsx?|csv)$/i, '')}-report.csv`;

function Stage({ item, refetch }: { item: Import; refetch: () => void }) {
  const t = useT();
  const { can } = useSession();
  if (item.status === 'APPLYING' || item.status === 'READING') return <RunningBox item={item} refetch={refetch} />;
  if (item.status === 'APPLIED') return <AppliedBox item={item} refetch={refetch} />;
  if (item.status === 'CANCELLED') return <Alert type="warning" showIcon title={t('imports.cancelled')} />;
  if (item.status === 'FAILED')
    return <Alert type="error" showIcon title={item.refusal ?? item.job?.message ?? t('imports.failed')} />;
  return can('import.apply') ? <ApplyBox item={item} refetch={refetch} /> : null;
}
