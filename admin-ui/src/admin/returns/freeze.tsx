import { Link } from '@tanstack/react-router';
import { Form, Input } from 'antd';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { FreezeReturnDocument, ListedNowDocument } from '../gql/graphql';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { useRequired } from '../kit/rules';
import { useStanding } from '../kit/standing';
import { Loaded } from '../kit/state';
import { LIMITS } from '../markets/limits';
import type { Return } from './page';

/** How many markets freezing would take, asked anew wherever it is said: an open return has no rows to look at. */
export function ToFreeze({ text }: { text: 'returns.freezeText' | 'returns.freezeNote' }) {
  const t = useT();
  const format = useFormat();
  const { slug } = useSession();
  const query = useQuery({ query: ListedNowDocument, requestPolicy: 'network-only' });
  return (
    <Loaded query={query}>
      {({ markets }) => (
        <p>
          {t(text, { n: format.number(markets?.totalCount) })}{' '}
          <Link to="/$slug/markets" params={{ slug }} search={{ status: 'LISTED' }}>
            {t('returns.seeListed')}
          </Link>
        </p>
      )}
    </Loaded>
  );
}

interface Props {
  item: Return;
  refetch: () => void;
  onClose: () => void;
}

/** Asks who files (填报人), and says once more what is frozen. */
export function FreezeDialog({ item: { year, filer }, refetch, onClose }: Props) {
  const t = useT();
  const required = useRequired();
  const { viewer } = useSession();
  const standing = useStanding('return');
  const [freeze] = useAction(FreezeReturnDocument);
  return (
    <FormDialog<{ filer: string; filerPhone: string }>
      name="freeze"
      title={t('returns.freezeTitle', { year })}
      submitText={t('returns.freeze')}
      initial={{ filer: filer ?? viewer.account.displayName }}
      onClose={onClose}
      onDone={refetch}
      onSubmit={async (input) => standing<unknown>(await freeze({ year, input }))}
    >
      <ToFreeze text="returns.freezeNote" />
      <Form.Item name="filer" label={t('returns.filer')} rules={required(t('returns.filer'))}>
        <Input maxLength={LIMITS.filer} autoComplete="name" />
      </Form.Item>
      <Form.Item name="filerPhone" label={t('returns.filerPhone')} rules={required(t('returns.filerPhone'))}>
        <Input maxLength={20} inputMode="tel" autoComplete="tel" />
      </Form.Item>
    </FormDialog>
  );
}
