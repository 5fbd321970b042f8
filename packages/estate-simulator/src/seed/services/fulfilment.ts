import { ServiceSeed } from '../model';

/** Services of team fulfilment. */
export const fulfilmentServices: ServiceSeed[] = [
  {
    name: 'order-service',
    about: 'Takes orders and follows them to the door',
    team: 'fulfilment',
    namespace: 'fulfilment',
    repository: 'order-service',
    image: 'ghcr.io/meridian/order-service',
    versions: {
      development: '9.1.0',
      staging: '9.0.4',
      'production-eu': '9.0.3',
      'production-us': '9.0.3',
    },
    workloads: [
      {
        kind: 'Deployment',
        name: 'order-service',
        role: 'api',
        port: 8080,
        autoscaled: { min: 2, max: 6 },
        disruptionBudget: true,
        calls: [
          {
            to: 'payments/payment-api',
            variable: 'PAYMENTS_HOST',
            form: 'host-port',
          },
          {
            to: 'fulfilment/inventory',
            variable: 'INVENTORY_URL',
            form: 'local-url',
          },
          {
            to: 'platform/notification-hub',
            variable: 'NOTIFY_URL',
            form: 'url',
          },
        ],
        stores: [
          {
            to: 'fulfilment/orders-db',
            variable: 'DATABASE_URL',
            form: 'connection',
          },
          {
            to: 'fulfilment/orders-queue',
            variable: 'AMQP_URL',
            form: 'connection',
          },
        ],
      },
    ],
  },
  {
    name: 'inventory',
    about: 'What lies in which warehouse',
    team: 'fulfilment',
    namespace: 'fulfilment',
    repository: 'inventory',
    image: 'ghcr.io/meridian/inventory',
    versions: {
      development: '2.6.0',
      staging: '2.6.0',
      'production-eu': '2.5.9',
      'production-us': '2.5.9',
    },
    workloads: [
      {
        kind: 'Deployment',
        name: 'inventory',
        role: 'api',
        port: 8080,
        stores: [
          {
            to: 'fulfilment/orders-db',
            argument: '--database-url',
            form: 'connection',
          },
        ],
      },
    ],
  },
  {
    name: 'shipping',
    about: 'Labels, carriers and tracking',
    team: 'fulfilment',
    namespace: 'fulfilment',
    repository: 'shipping',
    image: 'ghcr.io/meridian/shipping',
    versions: {
      development: '1.17.0',
      staging: '1.16.3',
      'production-eu': '1.16.2',
    },
    manualSync: true,
    exposedAs: 'track',
    workloads: [
      {
        kind: 'Deployment',
        name: 'shipping',
        role: 'api',
        port: 8080,
        calls: [
          {
            to: 'fulfilment/order-service',
            variable: 'ORDERS',
            form: 'local-url',
          },
        ],
        stores: [
          {
            to: 'fulfilment/orders-queue',
            variable: 'EVENTS_URL',
            form: 'connection',
          },
        ],
      },
    ],
  },
  // One application with two services in one path: their labels tell them apart.
  {
    name: 'gateway',
    about: 'One door to all carriers',
    team: 'fulfilment',
    namespace: 'fulfilment',
    application: 'carrier-suite',
    startedDaysAgo: 90,
    repository: 'carrier-gateway',
    image: 'ghcr.io/meridian/carrier-gateway',
    versions: { staging: '0.9.1', 'production-eu': '0.9.0' },
    workloads: [
      {
        kind: 'Deployment',
        name: 'gateway',
        role: 'api',
        port: 8080,
        calls: [
          {
            to: 'fulfilment/shipping',
            variable: 'SHIPPING_URL',
            form: 'local-url',
          },
        ],
      },
    ],
  },
  {
    name: 'label-printer',
    about: 'Prints parcel labels in the warehouses',
    team: 'fulfilment',
    namespace: 'fulfilment',
    application: 'carrier-suite',
    startedDaysAgo: 90,
    repository: 'label-printer',
    image: 'ghcr.io/meridian/label-printer',
    versions: { staging: '0.3.0', 'production-eu': '0.3.0' },
    workloads: [
      {
        kind: 'Deployment',
        name: 'label-printer',
        role: 'worker',
        calls: [
          {
            to: 'fulfilment/gateway',
            variable: 'CARRIER_GATEWAY',
            form: 'local-host-port',
          },
        ],
      },
    ],
  },
  {
    // With cluster, namespace and kind the entity's name passes 63 characters.
    name: 'warehouse-integration-reconciliation-exporter',
    about: 'Tells the warehouses and the finance system apart, nightly',
    team: 'fulfilment',
    namespace: 'fulfilment',
    repository: 'warehouse-exporter',
    image: 'ghcr.io/meridian/warehouse-exporter',
    versions: { 'production-eu': '0.5.2', 'production-us': '0.5.2' },
    workloads: [
      {
        kind: 'Deployment',
        name: 'warehouse-integration-reconciliation-exporter',
        role: 'exporter',
        calls: [
          {
            to: 'fulfilment/inventory',
            argument: '--inventory',
            form: 'local-url',
          },
        ],
      },
    ],
  },
  {
    name: 'returns',
    about: 'Parcels that come back; first steps of a new service',
    team: 'fulfilment',
    namespace: 'fulfilment',
    repository: 'returns',
    image: 'ghcr.io/meridian/returns',
    versions: { development: 'latest' },
    startedDaysAgo: 14,
    workloads: [
      {
        kind: 'Deployment',
        name: 'returns',
        role: 'api',
        port: 8080,
        calls: [
          {
            to: 'fulfilment/order-service',
            variable: 'ORDERS_URL',
            form: 'local-url',
          },
        ],
      },
    ],
  },
];
