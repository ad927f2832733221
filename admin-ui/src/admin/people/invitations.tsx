import { Button } from 'antd';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { InvitationsDocument, type InvitationsQuery, WithdrawInvitationDocument } from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { Masked } from './reveal';

type Row = NonNullable<InvitationsQuery['invitations']>['edges'][number]['node'];
const TONES: Record<string, Tone> = { SENT: 'busy', ACCEPTED: 'good', EXPIRED: 'warn' };

/** Invitations sent by mail, and taking one back. */
export function Invitations() {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const tell = useTell();
  const { can } = useSession();
  const pages = usePages();
  const query = useQuery({
    query: InvitationsDocument,
    variables: { first: PAGE_SIZE, after: pages.after },
    requestPolicy: 'network-only',
  });
  const [withdraw] = useAction(WithdrawInvitationDocument);
  return (
    <section aria-labelledby="invitations">
      <h2 id="invitations">{t('invitations.title')}</h2>
      <Paged query={query} pages={pages} of={(data) => data.invitations}>
        {(rows) => (
          <DataTable<Row>
            rowKey="id"
            dataSource={rows}
            scroll={{ x: 760 }}
            locale={{ emptyText: <Nothing text={t('invitations.none')} /> }}
            columns={[
              { title: t('accounts.name'), dataIndex: 'displayName' },
              {
                title: t('accounts.email'),
                render: (_, i) =>
                  can('invitation.reveal') ? <Masked id={i.id} field="EMAIL" masked={i.emailMasked} /> : i.emailMasked,
              },
              { title: t('accounts.role'), render: (_, i) => `${i.role.title} · ${i.scopeLabel}` },
              {
                title: t('accounts.status'),
                render: (_, i) => <Chip tone={TONES[i.status] ?? 'plain'}>{term('invitation', i.status)}</Chip>,
              },
              { title: t('invitations.expires'), render: (_, i) => format.date(i.expiresAt) },
              {
                title: t('parts.actions'),
                render: (_, i) =>
                  i.status === 'SENT' && can('invitation.withdraw') ? (
                    <Button
                      size="small"
                      aria-label={t('invitations.withdrawOne', { email: i.emailMasked })}
                      onClick={() =>
                        void withdraw({ id: i.id }).then((outcome) => {
                          tell(outcome, t('invitations.withdrawn'));
                          query[1]({ requestPolicy: 'network-only' });
                        })
                      }
                    >
                      {t('invitations.withdraw')}
                    </Button>
                  ) : null,
              },
            ]}
          />
        )}
      </Paged>
    </section>
  );
}
