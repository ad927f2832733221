import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useClient } from 'urql';
import { SignOutDocument } from '../gql/graphql';
import { headers } from './client';
import { useT } from './i18n';
import { useSession } from './session';

/** Ends the session on the server and drops its cookie; the second even where the first failed. */
export function useSignOut() {
  const client = useClient();
  const navigate = useNavigate();
  const { slug } = useSession();
  return async () => {
    await client.mutation(SignOutDocument, {}).toPromise();
    await fetch(`/${slug}/session`, { method: 'DELETE', credentials: 'same-origin', headers: headers() }).catch(
      () => undefined,
    );
    await navigate({ to: '/sign-in' });
  };
}

export function UserMenu() {
  const t = useT();
  const { viewer, slug } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'profile', icon: <UserOutlined />, label: t('user.profile') },
          { key: 'out', icon: <LogoutOutlined />, label: t('user.signOut') },
        ],
        onClick: ({ key }) => void (key === 'out' ? signOut() : navigate({ to: '/$slug/profile', params: { slug } })),
      }}
    >
      <Button
        icon={<UserOutlined />}
        aria-haspopup="menu"
        className="user-button"
        aria-label={t('user.menu', { name: viewer.account.displayName })}
      >
        <span className="user-name">{viewer.account.displayName}</span>
      </Button>
    </Dropdown>
  );
}
