import { ServiceSeed } from '../model';

/** Services of team storefront. */
export const storefrontServices: ServiceSeed[] = [
  {
    name: 'storefront-web',
    about: 'The shop as customers see it',
    team: 'storefront',
    namespace: 'shop',
    repository: 'storefront-web',
    image: 'ghcr.io/meridian/storefront-web',
    versions: {
      development: '2025.47.1',
      staging: '2025.47.0',
      'production-eu': '2025.46.3',
      'production-us': '2025.46.3',
    },
    exposedAs: 'shop',
    workloads: [
      {
        kind: 'Rollout',
        name: 'storefront-web',
        role: 'web',
        port: 3000,
        autoscaled: { min: 3, max: 20 },
        disruptionBudget: true,
        calls: [
          {
            to: 'shop/catalogue',
            variable: 'CATALOGUE_URL',
            form: 'local-url',
          },
          { to: 'shop/cart', variable: 'CART_URL', form: 'local-url' },
          { to: 'shop/checkout', variable: 'CHECKOUT_URL', form: 'local-url' },
          {
            to: 'platform/feature-flags',
            variable: 'FLAGS_ADDRESS',
            form: 'host-port',
          },
          {
            to: 'security/token-broker',
            variable: 'OIDC_ISSUER',
            form: 'url',
          },
        ],
        settings: { ASSETS_URL: 'https://assets.meridian.example' },
      },
    ],
  },
  {
    name: 'cart',
    about: 'Shopping carts that survive a closed tab',
    team: 'storefront',
    namespace: 'shop',
    repository: 'shop-services',
    image: 'ghcr.io/meridian/shop-services/cart',
    versions: {
      development: '1.31.0',
      staging: '1.31.0',
      'production-eu': '1.30.2',
      'production-us': '1.30.2',
    },
    workloads: [
      {
        kind: 'Deployment',
        name: 'cart',
        role: 'api',
        port: 8080,
        calls: [
          {
            to: 'shop/catalogue',
            argument: '--catalogue',
            form: 'local-host-port',
          },
        ],
        stores: [
          { to: 'shop/cart-cache', variable: 'REDIS_URL', form: 'connection' },
        ],
      },
    ],
  },
  {
    name: 'catalogue',
    about: 'Products, prices and pictures',
    team: 'storefront',
    namespace: 'shop',
    repository: 'shop-services',
    image: 'ghcr.io/meridian/shop-services/catalogue',
    versions: {
      development: '1.44.0',
      staging: '1.43.1',
      'production-eu': '1.43.0',
      'production-us': '1.42.9',
    },
    workloads: [
      {
        kind: 'Deployment',
        name: 'catalogue',
        role: 'api',
        port: 8080,
        autoscaled: { min: 2, max: 10 },
        calls: [
          {
            to: 'fulfilment/inventory',
            variable: 'INVENTORY_URL',
            form: 'short-url',
          },
        ],
        stores: [
          {
            to: 'shop/catalogue-db',
            variable: 'DATABASE_URL',
            form: 'connection',
          },
        ],
      },
    ],
  },
  {
    name: 'checkout',
    about: 'From a full cart to a paid order',
    team: 'storefront',
    namespace: 'shop',
    repository: 'checkout',
    image: 'ghcr.io/meridian/checkout',
    versions: {
      development: '6.8.0',
      staging: '6.7.2',
      'production-eu': '6.7.1',
      'production-us': '6.7.1',
    },
    exposedAs: 'checkout',
    workloads: [
      {
        kind: 'Deployment',
        name: 'checkout',
        role: 'api',
        port: 8080,
        disruptionBudget: true,
        calls: [
          { to: 'shop/cart', variable: 'CART', form: 'local-host-port' },
          { to: 'payments/payment-api', variable: 'PAYMENT_URL', form: 'url' },
          {
            to: 'fulfilment/order-service',
            variable: 'ORDERS_URL',
            form: 'svc',
          },
          {
            to: 'platform/feature-flags',
            argument: '--flags',
            form: 'host-port',
          },
        ],
      },
    ],
  },
  {
    name: 'recommendations',
    about: 'What a customer may like next',
    team: 'storefront',
    namespace: 'shop',
    repository: 'recommendations',
    // Built by the data platform into another registry: only the annotation leads to the code.
    image: 'registry.meridian.example/ml/recommendations',
    versions: { staging: '0.19.0', 'production-eu': '0.18.2' },
    workloads: [
      {
        kind: 'Deployment',
        name: 'recommendations',
        role: 'api',
        port: 8080,
        annotations: {
          'github.com/project-slug': 'meridian/recommendations',
          // Contradicts the team of its Argo CD project.
          'causeway.dev/owner': 'payments',
        },
        calls: [
          { to: 'shop/catalogue', variable: 'CATALOGUE', form: 'local-url' },
        ],
      },
    ],
  },
  {
    name: 'api',
    about: 'Partners place orders through it',
    team: 'storefront',
    namespace: 'partners',
    repository: 'partner-api',
    image: 'ghcr.io/meridian/partner-api',
    versions: { staging: '1.2.0', 'production-eu': '1.1.5' },
    exposedAs: 'partners',
    startedDaysAgo: 120,
    workloads: [
      {
        kind: 'Deployment',
        name: 'api',
        role: 'api',
        port: 8080,
        calls: [
          {
            to: 'fulfilment/order-service',
            variable: 'ORDERS_URL',
            form: 'url',
          },
          {
            to: 'shop/catalogue',
            variable: 'CATALOGUE_URL',
            form: 'short-url',
          },
        ],
      },
    ],
  },
];
