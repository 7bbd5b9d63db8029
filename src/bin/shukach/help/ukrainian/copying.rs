//! Texts of `shukach copy`.

/// English texts with their Ukrainian ones.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    (
        "Folder of the index that is copied",
        "Тека індексу, який копіюють",
    ),
    (
        "Address of the index in the cluster: opensearch+https://host:9200,host2:9200/name",
        "Адреса індексу в кластері: opensearch+https://host:9200,host2:9200/назва",
    ),
    (
        "Build a new index beside the one that is there, and put it in its place when it is whole",
        "Побудувати новий індекс поруч із наявним і поставити на його місце, коли він буде повний",
    ),
    (
        "Into how many shards a new index in a cluster is divided [default: 3]",
        "На скільки шардів поділити новий індекс у кластері [типово: 3]",
    ),
    (
        "How many further copies of each shard a new index in a cluster keeps on other nodes [default: 1]",
        "Скільки ще копій кожного шарда новий індекс у кластері тримає на інших вузлах [типово: 1]",
    ),
    (
        "How many threads analyse and send articles [default: as many as processors]",
        "Скільки потоків аналізує й надсилає статті [типово: скільки процесорів]",
    ),
    (
        "Who asks is read from SHUKACH_CLUSTER_USER and SHUKACH_CLUSTER_PASSWORD_FILE, or from SHUKACH_CLUSTER_API_KEY_FILE; SHUKACH_CLUSTER_CA names the authority that signed the certificates, a file in PEM.",
        "Хто питає, сказано в SHUKACH_CLUSTER_USER і SHUKACH_CLUSTER_PASSWORD_FILE або в SHUKACH_CLUSTER_API_KEY_FILE; SHUKACH_CLUSTER_CA називає центр, що підписав сертифікати, – файл у PEM.",
    ),
];
